import type { Outcome } from '@switchyard/action'
import { sha256, UserError } from '@switchyard/core'
import { createRoles, type Roles } from '@switchyard/github'
import { rejectStranger } from '@switchyard/planning'
import { refuse } from './ask-ledger.ts'
import { drawAll } from './draw-answers.ts'
import { drawCard } from './card.ts'
import type { Door } from './door.ts'
import type { Spec } from './inputs.ts'
import { ideaOf, type Observation, observe } from './observe.ts'
import { orRefused } from './or-refused.ts'
import { outcomeOf } from './outcomes.ts'
import { readPlanFiles } from './plan-files.ts'
import type { PushedPlan } from './pushed-plans.ts'
import { recoverIdea } from './recover.ts'
import { answerPart } from './part.ts'
import { type PlanCommandName, readRules, requireReader } from './rules.ts'
import { issueOf, type Scene, type Told } from './scene.ts'
import { siteOf } from './site.ts'
import { judgeStarters, startersOf } from './starters.ts'
import { tellNews } from './tell-news.ts'
import type { Mode } from './wish.ts'

/** The modes that act on one idea, each with the command that does the same: whoever may start the workflow gets around no rule. */
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
} as const satisfies Partial<Record<Mode, PlanCommandName>>

export type IdeaMode = keyof typeof COMMAND_OF

export interface ModeWish {
  readonly mode: IdeaMode
  readonly issue: number | undefined
  /** The plan's file; left out: the input. */
  readonly path?: string | undefined
  /** What a push brought: its idea is told what came of it, since nobody looks at the run. */
  readonly pushed?: PushedPlan | undefined
}

/** One command on an idea by the inputs of a workflow: the same rights, rules and records as a comment's. */
export async function performMode(
  door: Door,
  { mode: asked, issue: named, pushed, path = pushed?.path ?? door.given.inputs.planPath }: ModeWish,
): Promise<Outcome<Spec>> {
  const { context, inputs } = door.given
  const issue = named ?? (await findIdea(door, path))
  const roles = createRoles(door.github, context.repository)
  for (const login of startersOf(context)) roles.of(login).catch(() => undefined)
  const wish = keyOf(door, { mode: asked, issue, path })
  const seen = await observe(door, { issue, files: path === undefined ? [] : [path], keys: [wish] })
  const key = isTriedAgain(seen, wish) ? `${wish} again ${ideaOf(seen.loaded, seen.subject)?.converges ?? 0}` : wish
  const observation = inputs.dryRun ? seen : await recoverIdea(door, seen)
  // Whoever wrote the issue or the plan looks there, and not at the run.
  const isWritten = isByEvent(door, pushed)
  const mode = modeOf(door, { asked, observation, pushed })
  // What was made from a plan may quote a form, and be edited.
  if (observation.partOf !== undefined && context.eventName === 'issues') return NO_IDEA
  const act = async (): Promise<Told> => carryOut(door, await sceneOf(door, { mode, observation, roles, key }), { mode, path, pushed })
  const told = await (isWritten ? orRefused(act, observation.loaded, siteOf(door, issue)) : act())
  const isNews = told.decision === 'refused' || told.reasonCode === 'difference-shown' || told.reasonCode === 'plan-waits'
  await drawAll(door, [
    ...(told.isChange ? await drawCard(door, { observation, loaded: told.loaded }) : []),
    ...(isWritten && isNews ? tellNews(door, observation, { told, pushed }) : []),
  ])
  const outcome = outcomeOf([told], { issue, loaded: told.loaded, subject: observation.subject })
  // A refusal that no comment answers is to be seen on the run.
  return told.decision === 'refused' && context.eventName !== 'issues' ? { ...outcome, failed: true } : outcome
}

function isByEvent({ given: { context } }: Door, pushed: PushedPlan | undefined): boolean {
  return pushed !== undefined || context.eventName === 'issues'
}

interface Moding extends Pick<ModeWish, 'pushed'> {
  readonly asked: IdeaMode
  readonly observation: Observation
}

/**
 * The plan or the form of an idea that has its issues was changed: what that would change is shown. A form in place of a file would be
 * another place than the one that a sync reads, and is refused as an upload.
 */
function modeOf(door: Door, { asked, observation: { loaded, subject }, pushed }: Moding): IdeaMode {
  const { status, plan } = ideaOf(loaded, subject) ?? {}
  if (asked !== 'upload' || status !== 'PLANNED' || !isByEvent(door, pushed)) return asked
  return pushed !== undefined || plan?.source.kind !== 'file' ? 'sync' : asked
}

const NO_IDEA: Outcome<Spec> = {
  decision: 'nothing-to-do',
  reasonCode: 'not-for-us',
  headline: 'The issue was made from a plan, and is no idea.',
  result: {},
}

interface Asked {
  readonly mode: IdeaMode
  readonly observation: Observation
  readonly roles: Roles
  readonly key: string
}

async function sceneOf({ given: { context, inputs } }: Door, { mode, observation, roles, key }: Asked): Promise<Scene> {
  const config = await readRules(observation.control)
  const issue = issueOf(observation.conversation)
  const { visibility } = observation.control
  const asking = { command: COMMAND_OF[mode], rules: config.rules, roles, issue, visibility }
  if (mode === 'status') for (const login of startersOf(context)) await requireReader({ ...asking, login })
  const asker = await judgeStarters(context, asking)
  const { loaded } = observation
  return { observation, loaded, config, issue, asker, key, comment: undefined, isDryRun: inputs.dryRun }
}

async function carryOut(door: Door, scene: Scene, { mode, path, pushed }: Pick<ModeWish, 'mode' | 'path' | 'pushed'>): Promise<Told> {
  const { inputs } = door.given
  const part = await answerPart(door, scene, { isStatus: mode === 'status' })
  if (part !== undefined) return part
  const odd = pushed && (await (await import('./check-pushed.ts')).checkPushed(door, scene, pushed))
  if (odd) return odd
  const stranger = mode === 'status' ? undefined : rejectStranger(scene.asker, scene.issue)
  if (stranger !== undefined) {
    const isPlan = mode === 'upload' || mode === 'sync'
    if (isPlan && isByEvent(door, pushed)) return (await import('./offer.ts')).offer(door, scene, { mode, path })
    return refuse(stranger.rejected, scene.loaded, siteOf(door, scene.issue.number))
  }
  switch (mode) {
    case 'upload':
      return (await import('./upload.ts')).upload(door, scene, { path, block: undefined })
    case 'materialise':
      return (await import('./materialise.ts')).materialise(door, scene, { repository: undefined, confirm: inputs.confirm })
    case 'sync':
      // A push confirms nothing.
      return (await import('./sync.ts')).sync(door, scene, { path, block: undefined, confirm: pushed ? undefined : inputs.confirm })
    case 'review':
      return (await import('./review.ts')).review(door, scene, { step: 'result', text: undefined, json: inputs.review })
    case 'status':
      return (await import('./show-status.ts')).showStatus(door, scene)
    default:
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

/** A run that was told why the issues could not be made, and is started again, asks anew: somebody may have mended it. */
function isTriedAgain({ loaded, subject }: Observation, key: string): boolean {
  const idea = ideaOf(loaded, subject)
  return idea !== null && idea.failure !== null && loaded.hasReceipt(key)
}

/** The run itself is what asks: started again, it is answered and not done twice. Another step of it may ask for something else. */
function keyOf({ given: { context, inputs } }: Door, { mode, issue, path = '' }: Pick<ModeWish, 'mode' | 'issue' | 'path'>): string {
  const { repository, run } = context
  const { confirm = '', review = '', targetRepository = '' } = inputs
  const wish = sha256(JSON.stringify([mode, issue, path, confirm, review, targetRepository]))
  return `mode run ${repository.id} ${run.id} ${run.job} ${wish}`
}
