import type { IdeaStatus } from '../idea/status.ts'

/** The way of an idea, as people read it. */
const STEPS = ['Idea', 'Questions', 'Plan', 'Review', 'Issues'] as const

interface Words {
  /** Index in STEPS. */
  readonly step: number
  readonly sign: string
  /** Of the step. */
  readonly is: string
  /** Of the idea, a sentence without its full stop. */
  readonly says: string
}

const WORDS: Readonly<Record<IdeaStatus, Words>> = {
  DRAFT: { step: 0, sign: '💡', is: 'new', says: 'A new idea, without a plan yet' },
  GRILLING: { step: 1, sign: '⏳', is: 'being asked', says: 'Questions about the idea are being asked and answered' },
  GRILLED: { step: 1, sign: '✅', is: 'answered', says: 'The questions are answered; the plan can be written' },
  PLANNING: { step: 2, sign: '⏳', is: 'being written', says: 'The plan is being written' },
  PLAN_FAILED: { step: 2, sign: '❌', is: 'failed', says: 'No plan came of it; it can be tried again' },
  PLAN_READY: { step: 2, sign: '✅', is: 'ready', says: 'The plan is ready to be reviewed, or made into issues' },
  REVIEWING_PLAN: { step: 3, sign: '⏳', is: 'going on', says: 'The plan is being reviewed' },
  PLAN_REVIEW_FAILED: { step: 3, sign: '❌', is: 'changes wanted', says: 'The review wants changes to the plan' },
  PLAN_REVIEWED: { step: 3, sign: '✅', is: 'approved', says: 'The plan is approved, and can be made into issues' },
  PLANNED: { step: 4, sign: '✅', is: 'made', says: 'The plan’s issues are made' },
}

/** `Idea › Questions › **✅ Plan: ready** › Review › Issues`: reads on a phone and in mail, where no drawing is. */
export function renderSteps(status: IdeaStatus): string {
  const { step, sign, is } = WORDS[status]
  return STEPS.map((name, at) => (at === step ? `**${sign} ${name}: ${is}**` : name)).join(' › ')
}

/** A sentence without its full stop. */
export function sayStatus(status: IdeaStatus): string {
  return WORDS[status].says
}

/** The emoji of a status. */
export function signOf(status: IdeaStatus): string {
  return WORDS[status].sign
}
