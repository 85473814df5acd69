import { CONFIG_PATH, isAccepted } from '@switchyard/commands'
import { GitHubError, isFullName, splitFullName, UserError } from '@switchyard/core'
import { type GitHub, selectPlanFacts, selectRepository } from '@switchyard/github'
import type { PlanFacts, RepositoryFacts } from '@switchyard/github/operations'
import { type Plan, rejectStranger, type Target } from '@switchyard/planning'
import type { Door } from './door.ts'
import { unseen } from './observe.ts'
import { readRules } from './rules.ts'
import type { Scene } from './scene.ts'

/** Labels, milestone and assignees by the names that a plan gives them. */
export type Named = Pick<Plan, 'labels' | 'milestone' | 'assignees'>

/** Where a plan's issues are made. */
export interface TargetSeen {
  readonly place: Target
  readonly owner: string
  readonly name: string
  readonly github: GitHub
  /** Whether it is the run's own repository, which keeps the ideas. */
  readonly isHere: boolean
  /** undefined: it was not asked. */
  readonly visibility: RepositoryFacts['visibility'] | undefined
  /** The ids of what a plan names there, and what of it is not there. @throws {UserError} where it takes no issues. */
  readFacts(plan: Named): Promise<PlanFacts>
}

/**
 * The run's own repository, or one that accepts it in its default branch.
 * @throws {UserError} `NOT_YOURS`, `NEEDS_TRIAGE`, `REQUEST_INVALID`, `TARGET_REFUSED`, `REPOSITORY_UNSEEN`, `LEDGER_PUBLIC`
 */
export async function resolveTarget(door: Door, scene: Scene, named: string | undefined): Promise<TargetSeen> {
  const { visibility } = scene.observation.control
  const { inputs, context } = door.given
  const wanted = named ?? inputs.targetRepository ?? context.repository.fullName
  if (wanted.toLowerCase() === context.repository.fullName.toLowerCase()) {
    return { ...toTarget(door, door.github, { id: context.repository.id, repository: context.repository.fullName }), visibility }
  }
  refuseStranger(scene)
  return askConsent(door, { repository: wanted, id: undefined }, visibility)
}

/**
 * Where a plan's issues stand, asked anew before anything more is done there: consent can be taken back, and a name be another
 * repository's by now. `visibility`: of the run's own repository; left out: it is read.
 * @throws {UserError} `TARGET_REFUSED`, `REPOSITORY_UNSEEN`, `LEDGER_PUBLIC`
 */
export async function resolvePlaced(door: Door, place: Target, visibility?: Visibility): Promise<TargetSeen> {
  const { repository } = door.given.context
  if (place.id !== repository.id) return askConsent(door, place, visibility ?? (await readVisibility(door)))
  return { ...placedTarget(door, { id: place.id, repository: repository.fullName }), visibility }
}

type Visibility = RepositoryFacts['visibility']

async function readVisibility({ github, given: { context } }: Door): Promise<Visibility> {
  const { owner, name, fullName } = context.repository
  const asked = { owner, name, files: [] }
  const [answer] = await github.select([selectRepository('control', asked)])
  const { parseRepository } = await import('@switchyard/github/operations')
  const facts = parseRepository(answer, asked)
  if (facts === undefined) throw unseen(fullName)
  return facts.visibility
}

interface Wanted {
  readonly repository: string
  /** Which it has to be; undefined: whichever has the name. */
  readonly id: number | undefined
}

async function askConsent(door: Door, { repository, id }: Wanted, visibility: Visibility): Promise<TargetSeen> {
  const { inputs, context } = door.given
  const asked = { ...splitTarget(repository), files: [CONFIG_PATH] }
  const [answer] = await door.target.select([selectRepository('target', asked)])
  const { parseRepository } = await import('@switchyard/github/operations')
  const facts = parseRepository(answer, asked)
  if (facts === undefined) throw unseenTarget(repository)
  if (id !== undefined && facts.id !== id) {
    throw new UserError('TARGET_REFUSED', `${repository} is another repository than the one that the plan’s issues were made in.`, {
      hint: 'The name was given away. Restore the repository, or begin a new idea.',
    })
  }
  const config = await readRules(facts)
  if (!isAccepted(config, { from: context.repository.fullName, here: facts.nameWithOwner })) {
    throw new UserError('TARGET_REFUSED', `${facts.nameWithOwner} does not accept issues of ${context.repository.fullName}.`, {
      hint: `Have \`accepts: [${context.repository.fullName}]\` written into its ${CONFIG_PATH}, on its default branch.`,
    })
  }
  if (facts.visibility === 'public' && visibility !== 'public' && !inputs.allowPublicLedger) {
    throw new UserError('LEDGER_PUBLIC', `${facts.nameWithOwner} is public, and this repository is not: everybody would read the plan.`, {
      hint: 'Choose another repository, or allow it on purpose (`allow-public-ledger: true`).',
    })
  }
  return { ...toTarget(door, door.target, { id: facts.id, repository: facts.nameWithOwner }), visibility: facts.visibility }
}

/** Nobody finds out what else the token sees who may not make issues: asked before anything is looked at. */
function refuseStranger({ asker, issue }: Scene): void {
  const stranger = rejectStranger(asker, issue)
  if (stranger === undefined) return
  const { code, message, hint } = stranger.rejected
  throw new UserError(code, message, { hint })
}

function splitTarget(wanted: string): { readonly owner: string; readonly name: string } {
  if (isFullName(wanted)) return splitFullName(wanted)
  throw new UserError('REQUEST_INVALID', `“${wanted}” is no repository.`, { hint: 'Write `owner/name`.' })
}

function unseenTarget(repository: string): UserError {
  return new UserError('REPOSITORY_UNSEEN', `There is no repository ${repository}, or the token cannot see it.`, {
    hint: 'Check its name: it may have been deleted, renamed or moved. If it is there, give a `target-token` that may read it and write its issues.',
  })
}

/**
 * What GitHub refuses of a target that was read before, in words that say what to do. What was just seen to be there is tried again: lists
 * lag behind, also after rights were given.
 * @throws {UserError | GitHubError} always
 */
export function explainFinal({ place }: Pick<TargetSeen, 'place'>, error: UserError | GitHubError): never {
  const { repository } = place
  if (error.code === 'GITHUB_NOT_FOUND') {
    throw new UserError('REPOSITORY_UNSEEN', `The issues of ${repository} could not be read just now.`, {
      retryPolicy: 'rerun',
      cause: error,
    })
  }
  if (error.code === 'GITHUB_GONE') throw issuesDisabled(repository)
  if (error.code !== 'GITHUB_FORBIDDEN') throw error
  throw new UserError('REPOSITORY_UNSEEN', `The token may not read the issues of ${repository}: ${error.message}`, {
    hint: `Give it the permission \`issues: write\` there, and say it again.`,
    cause: error,
  })
}

/** For what is asked of a target that was seen before. @throws {UserError} `REPOSITORY_UNSEEN`, `ISSUES_DISABLED` in place of what GitHub says of it. */
export function explainUnseen({ place }: Pick<TargetSeen, 'place'>): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof GitHubError)) throw error
    if (error.code === 'GITHUB_GONE') throw issuesDisabled(place.repository)
    throw error.code === 'GITHUB_NOT_FOUND' ? unseenTarget(place.repository) : error
  }
}

/** The target that was accepted before, for what is only looked at there. */
export function placedTarget(door: Door, place: Target): TargetSeen {
  return toTarget(door, place.id === door.given.context.repository.id ? door.github : door.target, place)
}

function toTarget({ given: { context } }: Door, github: GitHub, place: Target): TargetSeen {
  const { owner, name } = splitFullName(place.repository)
  return {
    place,
    owner,
    name,
    github,
    isHere: place.id === context.repository.id,
    visibility: undefined,
    async readFacts({ labels, milestone, assignees }) {
      const wanted = { owner, name, labels: [...new Set(labels)], milestone, assignees: [...new Set(assignees)] }
      const [answer] = await github.select([selectPlanFacts('place', wanted)])
      const { parsePlanFacts } = await import('@switchyard/github/operations')
      const facts = parsePlanFacts(answer, wanted)
      if (facts === undefined) throw unseenTarget(place.repository)
      refuseClosed(facts, place.repository)
      // `bug` and `Bug` are one label.
      return { ...facts, labelIds: [...new Set(facts.labelIds)], assigneeIds: [...new Set(facts.assigneeIds)] }
    },
  }
}

function issuesDisabled(repository: string): UserError {
  return new UserError('ISSUES_DISABLED', `Issues are switched off in ${repository}.`, { hint: 'Switch them on in its settings.' })
}

function refuseClosed({ hasIssues, isArchived }: PlanFacts, repository: string): void {
  if (!hasIssues) {
    throw issuesDisabled(repository)
  }
  if (isArchived) throw new UserError('TARGET_REFUSED', `${repository} is archived.`, { hint: 'Choose another repository.' })
}

/** `needed`: what is to be put on; left out: all that the plan names. @throws {UserError} `NOT_THERE` for each that is not there. */
export function requireThere({ place: { repository } }: Pick<TargetSeen, 'place'>, { missing }: PlanFacts, needed?: Named): void {
  const isNeeded = (kind: 'labels' | 'assignees') => (name: string) =>
    needed === undefined || needed[kind].some((each) => each.toLowerCase() === name.toLowerCase())
  const isMilestone = missing.milestone !== undefined && (needed === undefined || needed.milestone === missing.milestone)
  const named = [
    ...missing.labels.filter(isNeeded('labels')).map((label) => `the label “${label}”`),
    ...(isMilestone ? [`the open milestone “${missing.milestone}”`] : []),
    ...missing.assignees.filter(isNeeded('assignees')).map((login) => `“${login}” among those who can be assigned`),
  ]
  if (named.length === 0) return
  throw new UserError('NOT_THERE', `${repository} does not have ${named.join(', ')}.`, {
    hint: 'Make what is missing, or mend the plan’s front matter.',
  })
}
