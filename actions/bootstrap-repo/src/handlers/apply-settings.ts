import type { ApplySettings, BootstrapAnswer } from '@switchyard/bootstrapping'
import type { Setting } from '@switchyard/bootstrapping/recipe'
import { GitHubError, splitFullName } from '@switchyard/core'
import type { GitHub, RepositoryName } from '@switchyard/github'
import type { Asked, Intent } from '@switchyard/ledger'
import { failWith } from './answers.ts'
import { GONE, isStillOurs } from './still-ours.ts'

export interface SettingsPorts {
  clientFor(owner: string): Promise<GitHub>
  /** A client that may carry these settings out. */
  clientToSet(effect: ApplySettings, settings: readonly Setting[]): Promise<GitHub>
  /** The settings of the effect's recipe, from memory or from the ledger. */
  readSettings(effect: ApplySettings): readonly Setting[] | Promise<readonly Setting[]>
  /** Whether the run was not cancelled: whoever comes later has to ask. */
  isWanted(effect: ApplySettings, subject: string): Promise<boolean>
  /** The run's log so far. */
  log(): string
}

/** Carries out what follows the push. Each can be done again; what a plan or policy forbids is a warning. */
export function createSettingsHandler({ clientFor, clientToSet, readSettings, isWanted, log }: SettingsPorts): {
  apply(effect: ApplySettings): Promise<BootstrapAnswer>
  ask(effect: ApplySettings, intent: Intent<ApplySettings>): Promise<Asked<BootstrapAnswer>>
} {
  return {
    async apply(effect) {
      const { describeSetting } = await import('@switchyard/bootstrapping/recipe')
      const { updateRepository } = await import('@switchyard/github/operations')
      const name = splitFullName(effect.repository.full_name)
      const settings = await readSettings(effect)
      const github = await clientToSet(effect, settings)
      const warnings: string[] = []
      for (const setting of settings) {
        const why = await attempt(() => applySetting(github, name, setting))
        if (why !== undefined) warnings.push(`GitHub refused a step that ${describeSetting(setting)}: ${why}`)
      }
      try {
        await updateRepository(github, name, { description: effect.description })
      } catch (error) {
        const answer = failWith(error)
        if (answer.kind === 'failed') warnings.push(`The description could not be set: ${answer.error.message}`)
      }
      return { kind: 'settled', warnings, log: log() }
    },
    // What was set before is set again; a process that comes later meets a name, not what was made.
    async ask(effect, { subject }) {
      const { repository } = effect
      if (!(await isWanted(effect, subject))) return { kind: 'answered', answer: { kind: 'settled', warnings: [] } }
      const github = await clientFor(splitFullName(repository.full_name).owner)
      return (await isStillOurs(github, repository)) ? { kind: 'not-started' } : { kind: 'answered', answer: GONE }
    },
  }
}

/** Why it was refused; undefined when it was not. @throws what may be tried again. */
async function attempt(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (!(error instanceof GitHubError) || error.isAmbiguous || error.code === 'GITHUB_RATE_LIMITED') throw error
    return [error.answer ?? error.message, error.neededPermission === undefined ? '' : `Needed: ${error.neededPermission}.`]
      .join(' ')
      .trim()
  }
}

async function applySetting(github: GitHub, repository: RepositoryName, setting: Setting): Promise<void> {
  const operations = await import('@switchyard/github/operations')
  switch (setting.kind) {
    case 'SET_TOPICS':
      await operations.setTopics(github, repository, setting.params.topics)
      return
    case 'CREATE_LABELS':
      for (const label of setting.params.labels) await operations.createLabel(github, repository, label)
      return
    case 'CREATE_ENVIRONMENT': {
      const { name, wait_timer, reviewers, prevent_self_review, protected_branches } = setting.params
      const ids = await Promise.all(reviewers.map((reviewer) => operations.readReviewer(github, reviewer)))
      await operations.putEnvironment(github, repository, {
        name,
        ...(wait_timer > 0 && { waitMinutes: wait_timer }),
        ...(ids.length > 0 && { reviewers: ids, preventSelfReview: prevent_self_review }),
        ...(protected_branches && { branches: 'protected' as const }),
      })
      return
    }
    case 'PROTECT_BRANCH': {
      const { params } = setting
      await operations.protectBranch(github, repository, {
        branch: params.branch,
        ...(params.required_reviews > 0 && { approvals: params.required_reviews }),
        ...(params.required_checks.length > 0 && { checks: params.required_checks }),
        strictChecks: params.require_up_to_date,
        dismissStaleReviews: params.dismiss_stale_reviews,
        requireCodeOwners: params.require_code_owner_reviews,
        linearHistory: params.require_linear_history,
        enforceAdmins: params.enforce_admins,
      })
    }
  }
}
