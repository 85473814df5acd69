import type { Outcome } from '@switchyard/action'
import { UserError } from '@switchyard/core'
import { createRoles } from '@switchyard/github'
import { drawAll } from './draw-answers.ts'
import { drawCard } from './card.ts'
import type { Door } from './door.ts'
import type { Spec } from './inputs.ts'
import { observe } from './observe.ts'
import { outcomeOf } from './outcomes.ts'
import { readPlanFiles } from './plan-files.ts'
import { recoverIdea } from './recover.ts'
import { judgeAsker, type PlanCommandName, readRules, requireReader } from './rules.ts'
import { issueOf, type Scene, type Told } from './scene.ts'
import { tellOnce } from './tell-once.ts'
import type { Mode } from './wish.ts'

export type IdeaMode = Exclude<Mode, 'validate' | 'verify' | 'sweep' | 'rollup'>

/** The command that does what a mode does: whoever may start the workflow gets around no rule. */
const COMMAND_OF = {
  upload: 'plan upload',
  materialise: 'plan materialise',
  sync: 'plan sync',
  review: 'plan review',
  status: 'plan status',
  'grill-start': 'plan grill',
  'grill-done': 'plan grill',
  'plan-start': 'plan plan',
  'plan-failed': 'plan plan',
  'review-start': 'plan review',
  cancel: 'plan cancel',
} as const satisfies Record<IdeaMode, PlanCommandName>

export interface ModeWish {
  readonly mode: IdeaMode
  readonly issue: number | undefined
  /** The plan's file; left out: the input. */
  readonly path?: string | undefined
  /** Whether the issue is told what came of it, since nobody looks at the run. */
  readonly isTold?: boolean
}

/** One command on an idea by the inputs of a workflow: the same rights, rules and records as a comment's. */
export async function performMode(
  door: Door,
  { mode, issue: named, path = door.given.inputs.planPath, isTold = false }: ModeWish,
): Promise<Outcome<Spec>> {
  const { context, inputs } = door.given
  const issue = named ?? (await findIdea(door, path))
  const roles = createRoles(door.github, context.repository)
  const logins = [...new Set([context.actor, context.triggeringActor])]
  for (const login of logins) roles.of(login).catch(() => undefined)
  const key = keyOf(door, { mode, issue, path })
  const seen = await observe(door, { issue, files: path === undefined ? [] : [path], keys: [key] })
  const observation = await recoverIdea(door, seen)
  const config = await readRules(observation.control)
  const command = COMMAND_OF[mode]
  if (mode === 'status') for (const login of logins) await requireReader({ command, login, rules: config.rules, roles })
  // Whoever started this attempt needs the right as much as whoever caused the run.
  const askers = await Promise.all(logins.map((login) => judgeAsker({ command, login, rules: config.rules, roles })))
  const owner = observation.conversation.author?.toLowerCase()
  const asker = askers.find((one) => !one.isMaintainer && one.login.toLowerCase() !== owner) ?? askers.at(-1)
  if (asker === undefined) throw new RangeError('Somebody started the run')
  const isOwn = context.eventName === 'schedule'
  const scene: Scene = {
    observation,
    loaded: observation.loaded,
    config,
    issue: issueOf(observation.conversation),
    asker: isOwn ? { ...asker, isMaintainer: true } : asker,
    key,
    comment: undefined,
    isDryRun: inputs.dryRun,
  }
  const told = await carryOut(door, scene, { mode, path })
  const isTelling = (isTold || context.eventName === 'issues') && (told.decision === 'refused' || told.reasonCode === 'difference-shown')
  await drawAll(door, [
    ...(told.isChange ? await drawCard(door, { observation, loaded: told.loaded }) : []),
    ...(isTelling ? tellOnce(observation, told) : []),
  ])
  // Whoever filled in the issue's form is answered there; of all others the run is what they look at.
  const failed = told.decision === 'failed' || (told.decision === 'refused' && context.eventName !== 'issues')
  return { ...outcomeOf([told], { issue, loaded: told.loaded, subject: observation.subject }), failed }
}

async function carryOut(door: Door, scene: Scene, { mode, path }: Pick<ModeWish, 'mode' | 'path'>): Promise<Told> {
  const { inputs } = door.given
  switch (mode) {
    case 'upload':
      return (await import('./upload.ts')).upload(door, scene, { path, block: undefined })
    case 'materialise':
      return (await import('./materialise.ts')).materialise(door, scene, { repository: undefined })
    case 'sync':
      return (await import('./sync.ts')).sync(door, scene, { path, block: undefined, confirm: inputs.confirm })
    case 'review':
      return (await import('./review.ts')).review(door, scene, { step: 'result', text: undefined, json: inputs.review })
    case 'status':
      return (await import('./show-status.ts')).showStatus(door, scene)
    case 'grill-start':
    case 'grill-done':
    case 'plan-start':
    case 'plan-failed':
    case 'review-start':
    case 'cancel':
      return (await import('./transit.ts')).transit(door, scene, mode)
  }
}

/** The idea that a plan's file names. @throws {UserError} `IDEA_MISSING`, `PLAN_NOT_FOUND` */
async function findIdea(door: Door, path: string | undefined): Promise<number> {
  const missing = (why: string): UserError =>
    new UserError('IDEA_MISSING', why, {
      hint: 'Give the input `idea`, or write `idea: 12` into the plan’s front matter: the number of the idea’s issue.',
    })
  if (path === undefined) throw missing('It is not said which idea this is about.')
  const [file] = await readPlanFiles(door, [path])
  if (file === undefined) {
    throw new UserError('PLAN_NOT_FOUND', `The default branch has no file ${path}.`, {
      hint: 'Check `plan-path`, and merge the file first.',
    })
  }
  if (file.idea === undefined) throw missing(`${path} does not say whose plan it is.`)
  return file.idea
}

/** The run itself is what asks: started again, it is answered and not done twice. */
function keyOf({ given: { context, inputs } }: Door, wish: ModeWish): string {
  const { mode, issue, path } = wish
  return `mode run ${context.repository.id} ${context.run.id} ${context.run.job} ${mode} ${issue ?? ''} ${path ?? ''} ${inputs.confirm ?? ''}`
}
