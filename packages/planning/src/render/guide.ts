import { inlineCode, renderTable } from '@switchyard/core'
import type { IdeaStatus } from '../idea/status.ts'

type Row = readonly [command: string, what: string]

const UPLOAD: Row = ['/plan upload path/to/plan.md', 'takes the plan from a file; or from a code block below the command']
const REPLACE: Row = ['/plan upload path/to/plan.md', 'puts another plan in its place']
const CANCEL: Row = ['/plan cancel', 'stops this, and goes back to where the idea was']
const REVIEW: Row = ['/plan review start', 'begins a review']
const MAKE: Row = ['/plan materialise', 'makes the issues; `/plan materialise owner/name` in another repository']
const SHOW: Row = ['/plan show', 'the plan as it is kept']
const STATUS: Row = ['/plan status', 'how far it is, what is blocked, what takes longest']
const START: Row = ['/plan plan start', 'says that somebody writes the plan now: no upload meanwhile']
const HELP: Row = ['/help', 'every command that you may use']

/** What can be said in each state. Source: the contract's table of states. */
const COMMANDS: Readonly<Record<IdeaStatus | 'making', readonly Row[]>> = {
  making: [STATUS, SHOW],
  DRAFT: [UPLOAD, ['/plan grill start', 'begins with questions about the idea']],
  GRILLING: [['/plan grill done', 'the questions are answered'], CANCEL],
  GRILLED: [START, UPLOAD],
  PLANNING: [['/plan plan failed', 'no plan came of it'], CANCEL],
  PLAN_FAILED: [START, UPLOAD],
  PLAN_READY: [MAKE, REVIEW, REPLACE, SHOW],
  REVIEWING_PLAN: [
    ['/plan review approve [text]', 'approves the plan'],
    ['/plan review reject <text>', 'wants changes, and says which'],
    ['/plan review result', 'a round with its findings, as JSON in a code block below'],
    CANCEL,
    SHOW,
  ],
  PLAN_REVIEW_FAILED: [REPLACE, REVIEW, SHOW],
  PLAN_REVIEWED: [MAKE, REPLACE, SHOW],
  PLANNED: [STATUS, ['/plan sync path/to/plan.md', 'shows what a changed plan would change in the issues'], SHOW],
}

/** How somebody who sees an idea for the first time goes on from here; `making`: while its issues are made. */
export function renderGuide(status: IdeaStatus | 'making'): string {
  const rows = [...COMMANDS[status], HELP].map(([command, what]) => [inlineCode(command), what])
  return [
    '#### What can be said next',
    renderTable(['Write as a comment', 'What it does'], rows),
    'Only the idea’s owner and maintainers may change it; everybody who can read may ask.',
  ].join('\n\n')
}
