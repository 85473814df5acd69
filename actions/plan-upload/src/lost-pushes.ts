import { inlineCode, toSwitchyardError, UserError } from '@switchyard/core'
import { selectRecentCommits } from '@switchyard/github'
import type { RecentCommits } from '@switchyard/github/operations'
import { isBehind } from '@switchyard/planning'
import type { Door } from './door.ts'
import { drawAll } from './draw-answers.ts'
import { LOST_MS, PUSH_LOOK_BACK_MS } from './limits.ts'
import { observe, type Observation } from './observe.ts'
import { type PlanFile, readPlanFiles } from './plan-files.ts'
import { findPushedPlans } from './pushed-plans.ts'
import { tellOnce, TOLD } from './tell-once.ts'

export interface LostPushes {
  readonly count: number
  readonly faults: readonly string[]
  /** What was said, or would be in a dry run, a sentence each. */
  readonly told: readonly string[]
}

/** How a difference that waits is told. */
const CONFIRM = ' --confirm '

const NONE: LostPushes = { count: 0, faults: [], told: [] }

/**
 * Plans that were changed of late and that no run took, since it was lost: said on their ideas, once. The sweep cannot know who pushed,
 * and so takes none itself. Costs no request where no plan was changed.
 */
export async function tellLostPushes(door: Door, pushed: RecentCommits | undefined): Promise<LostPushes> {
  const age = pushed === undefined ? 0 : door.github.serverNow() - pushed.newest
  // The run of the newest may be at work, or wait for others. What was asked for hung on this machine's clock, before GitHub told its own.
  if (pushed === undefined || age < LOST_MS || age > PUSH_LOOK_BACK_MS) return NONE
  const files = (await readPlanFiles(door, await findPushedPlans(door, { before: pushed.base, head: pushed.head }))).filter(isBehind)
  if (files.length === 0) return NONE
  const dates = await readDates(door, files)
  const told: string[] = []
  const faults: string[] = []
  for (const [at, file] of files.entries()) {
    try {
      told.push(...(await tell(door, file, dates[at])))
    } catch (error) {
      // The push itself was told so.
      if (!(error instanceof UserError && error.code === 'ISSUE_NOT_FOUND')) {
        faults.push(`The plan ${file.path} could not be looked at: ${toSwitchyardError(error).message}`)
      }
    }
  }
  return { count: told.length, faults, told }
}

/** When each was changed last, in ms since the epoch. */
async function readDates(door: Door, files: readonly PlanFile[]): Promise<readonly (number | undefined)[]> {
  const { parseRecentCommits } = await import('@switchyard/github/operations')
  const answers = await door.github.select(files.map(({ path }, at) => selectPushes(door, { prefix: `file${at}`, path })))
  return answers.map((raw) => parseRecentCommits(raw)?.newest)
}

/** The part of a query that reads the commits to plans, or to one of them, within the window. */
export function selectPushes(
  { github, given: { context } }: Door,
  { prefix, path }: { readonly prefix: string; readonly path: string },
): ReturnType<typeof selectRecentCommits> {
  const { owner, name } = context.repository
  return selectRecentCommits(prefix, { owner, name, path, since: new Date(github.serverNow() - PUSH_LOOK_BACK_MS).toISOString() })
}

/** Says it, but where somebody was answered since: with the difference, or with what is wrong. */
async function tell(
  door: Door,
  { path, idea = 0, isPlanned, sha256 }: PlanFile,
  changedAt: number | undefined,
): Promise<readonly string[]> {
  const observation = await observe(door, { issue: idea })
  if (changedAt === undefined || isAnswered(observation, changedAt)) return []
  const said = `${path} was changed, and #${idea} does not have it yet.`
  const words = isPlanned ? 'shows what it changes' : 'takes it'
  const reply = `${inlineCode(path)} was changed on the default branch, and this idea does not have it yet: ${inlineCode(`/plan ${isPlanned ? 'sync' : 'upload'} ${path}`)} ${words}.`
  // Each text that was lost is told once.
  const drawings = tellOnce(observation, { reply, about: `${reply} ${sha256}` })
  await drawAll(door, drawings)
  return drawings.length === 0 ? [] : [said]
}

function isAnswered({ conversation }: Observation, changedAt: number): boolean {
  return conversation.comments.some(
    ({ isOurs, body, createdAt }) => isOurs && Date.parse(createdAt) >= changedAt && (body.startsWith(TOLD) || body.includes(CONFIRM)),
  )
}
