import { isAccepted } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import { type GitHub, selectPlanFacts, selectRepository } from '@switchyard/github'
import type { PlanFacts } from '@switchyard/github/operations'
import type { Plan, Target } from '@switchyard/planning'
import type { Door } from './door.ts'
import { CONFIG_PATH, unseen } from './observe.ts'
import { readRules } from './rules.ts'
import type { Scene } from './scene.ts'

/** Where a plan's issues are made. */
export interface TargetSeen {
  readonly place: Target
  readonly owner: string
  readonly name: string
  readonly github: GitHub
  /** Whether it is the run's own repository, which keeps the ideas. */
  readonly isHere: boolean
  /** What a plan names there: labels, milestone, assignees. @throws {UserError} for each that is not there. */
  readFacts(plan: Plan): Promise<PlanFacts>
}

/**
 * The run's own repository, or one that accepts it in its default branch.
 * @throws {UserError} `TARGET_REFUSED`, `REPOSITORY_UNSEEN`, `LEDGER_PUBLIC`
 */
export async function resolveTarget(door: Door, { observation: { control } }: Scene, named: string | undefined): Promise<TargetSeen> {
  const { inputs, context } = door.given
  const wanted = named ?? inputs.targetRepository ?? context.repository.fullName
  if (wanted.toLowerCase() === context.repository.fullName.toLowerCase()) {
    return toTarget(door, door.github, { id: context.repository.id, repository: context.repository.fullName })
  }
  const [owner = '', name = ''] = wanted.split('/')
  const asked = { owner, name, files: [CONFIG_PATH] }
  const [answer] = await door.target.select([selectRepository('target', asked)])
  const { parseRepository } = await import('@switchyard/github/operations')
  const facts = parseRepository(answer, asked)
  if (facts === undefined) throw unseen(wanted)
  const config = await readRules(facts)
  if (!isAccepted(config, { from: context.repository.fullName, here: facts.nameWithOwner })) {
    throw new UserError('TARGET_REFUSED', `${facts.nameWithOwner} does not accept issues of ${context.repository.fullName}.`, {
      hint: `Have \`accepts: [${context.repository.fullName}]\` written into its ${CONFIG_PATH}, on its default branch.`,
    })
  }
  if (facts.visibility === 'public' && control.visibility !== 'public' && !inputs.allowPublicLedger) {
    throw new UserError('LEDGER_PUBLIC', `${facts.nameWithOwner} is public, and this repository is not: everybody would read the plan.`, {
      hint: 'Choose another repository, or allow it on purpose (`allow-public-ledger: true`).',
    })
  }
  return toTarget(door, door.target, { id: facts.id, repository: facts.nameWithOwner })
}

/** The target that was accepted before. */
export function placedTarget(door: Door, place: Target): TargetSeen {
  return toTarget(door, place.id === door.given.context.repository.id ? door.github : door.target, place)
}

function toTarget({ given: { context } }: Door, github: GitHub, place: Target): TargetSeen {
  const [owner = '', name = ''] = place.repository.split('/')
  return {
    place,
    owner,
    name,
    github,
    isHere: place.id === context.repository.id,
    async readFacts({ labels, milestone, assignees }) {
      const wanted = { owner, name, labels, milestone, assignees }
      const [answer] = await github.select([selectPlanFacts('place', wanted)])
      const { parsePlanFacts } = await import('@switchyard/github/operations')
      const facts = parsePlanFacts(answer, wanted)
      if (facts === undefined) throw unseen(place.repository)
      refuseMissing(facts, place.repository)
      return facts
    },
  }
}

function refuseMissing({ missing, hasIssues, isArchived }: PlanFacts, repository: string): void {
  if (!hasIssues) {
    throw new UserError('ISSUES_DISABLED', `${repository} has no issues.`, { hint: 'Switch them on in its settings.' })
  }
  if (isArchived) throw new UserError('TARGET_REFUSED', `${repository} is archived.`, { hint: 'Choose another repository.' })
  const named = [
    ...missing.labels.map((label) => `the label “${label}”`),
    ...(missing.milestone === undefined ? [] : [`the open milestone “${missing.milestone}”`]),
    ...missing.assignees.map((login) => `“${login}” among those who can be assigned`),
  ]
  if (named.length === 0) return
  throw new UserError('NOT_THERE', `${repository} does not have ${named.join(', ')}.`, {
    hint: 'Make what is missing, or mend the plan’s front matter.',
  })
}
