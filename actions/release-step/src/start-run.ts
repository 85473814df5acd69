import { GitHubError, type SwitchyardError, UserError } from '@switchyard/core'
import { dispatchWorkflow, readDispatchedRuns, type StartedRun, type WorkflowDispatch } from '@switchyard/github/operations'
import type { Door } from './door.ts'

/** Waits between looks for a run whose start was not answered, in ms: a run shows in the list a moment after it was made. */
const LOOKS_MS = [0, 500, 1_000, 2_000] as const
/** How far a clock of ours may be ahead of GitHub's, in ms. */
const MARGIN_MS = 60_000
/** All that GitHub hands out of one list. */
const PAGES = 10

export interface StartWanted extends Omit<WorkflowDispatch, 'repository'> {
  /** Ends the run's name. */
  readonly correlation: string
  /** When it was asked for, in ms since the epoch. */
  readonly since: number
}

/**
 * Starts the workflow once. Where the answer leaves open whether it started, the run is looked for by its name. undefined: it was
 * started, and GitHub does not tell where.
 *
 * @throws {UserError} `RUN_NOT_STARTED`, `RUN_START_UNCLEAR`
 */
export async function startRun(door: Door, wanted: StartWanted): Promise<StartedRun | undefined> {
  try {
    return (await send(door, wanted)) ?? (await search(door, wanted))
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    if (!error.isAmbiguous) throw notStarted(wanted, error)
    const found = await search(door, wanted)
    if (found !== undefined) return found
    throw unclear(wanted, error)
  }
}

/** Runs of these names that were started before; each is known by the name's end. @throws {UserError} `RUN_NOT_STARTED`, `RUN_START_UNCLEAR` */
export async function findStarted(
  door: Door,
  { workflow, since, correlations }: Pick<StartWanted, 'workflow' | 'since'> & { readonly correlations: readonly string[] },
): Promise<ReadonlyMap<string, StartedRun>> {
  const { repository } = door.given.context
  try {
    const { runs, isComplete } = await readDispatchedRuns(door.github, { repository, workflow, since: since - MARGIN_MS, pages: PAGES })
    const found = correlations.flatMap((correlation) => {
      const run = runs.find(({ displayTitle }) => displayTitle.endsWith(correlation))
      return run === undefined ? [] : [[correlation, run] as const]
    })
    if (!isComplete && found.length < correlations.length) throw unclear({ workflow }, undefined)
    return new Map(found)
  } catch (error) {
    throw error instanceof GitHubError && !error.isAmbiguous ? notStarted({ workflow }, error) : error
  }
}

/** Servers before Enterprise 3.21 refuse to tell the run (REST: create a workflow dispatch event): 400 proves that nothing started. */
async function send(door: Door, { workflow, ref, inputs }: StartWanted): Promise<StartedRun | undefined> {
  const dispatch = { repository: door.given.context.repository, workflow, ref, inputs }
  try {
    return await dispatchWorkflow(door.github, dispatch, true)
  } catch (error) {
    if (!(error instanceof GitHubError) || error.code !== 'GITHUB_BAD_REQUEST') throw error
    return dispatchWorkflow(door.github, dispatch, false)
  }
}

/** What cannot be looked up is not found. */
async function search(door: Door, { workflow, correlation, since }: StartWanted): Promise<StartedRun | undefined> {
  for (const wait of LOOKS_MS) {
    await door.given.io.sleep(wait)
    try {
      const found = (await findStarted(door, { workflow, since, correlations: [correlation] })).get(correlation)
      if (found !== undefined) return found
    } catch (error) {
      if (!(error instanceof GitHubError || error instanceof UserError)) throw error
    }
  }
  return undefined
}

function notStarted({ workflow }: Pick<StartWanted, 'workflow'>, cause: GitHubError): UserError {
  const said = cause.answer === undefined ? '' : ` GitHub says: ${cause.answer}`
  switch (cause.code) {
    case 'GITHUB_NOT_FOUND':
      return refused(`The default branch has no workflow ${workflow}, or the token cannot see it.`, {
        cause,
        hint: 'Add it as the example of release-step has it, or name another by the input run-workflow; the job needs the permission actions: write.',
      })
    case 'GITHUB_FORBIDDEN':
      return refused(`The token may not start ${workflow}.`, { cause, hint: 'Give the job the permission actions: write.' })
    case 'GITHUB_UNPROCESSABLE':
      return refused(`GitHub does not start ${workflow}.${said}`, {
        cause,
        hint: 'It starts by workflow_dispatch with the inputs environment, release, step, customers, issue and correlation-id.',
      })
    default:
      return refused(`No run of ${workflow} was started: ${cause.message}`, { cause, hint: cause.hint ?? 'Ask for it again.' })
  }
}

function refused(message: string, { hint, cause }: { readonly hint: string; readonly cause: SwitchyardError }): UserError {
  return new UserError('RUN_NOT_STARTED', message, { hint, cause })
}

function unclear({ workflow }: Pick<StartWanted, 'workflow'>, cause: GitHubError | undefined): UserError {
  const why = cause === undefined ? 'too many were started since' : 'GitHub failed'
  return new UserError('RUN_START_UNCLEAR', `It is not known whether a run was started: ${why}.`, {
    hint: `Look at the runs of ${workflow} under Actions; if it is not there, ask for it again.`,
    ...(cause && { cause, retryPolicy: 'rerun' as const }),
  })
}
