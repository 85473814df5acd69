import type { Oid } from '../git/types.ts'
import { takeId, type WorldContext } from './context.ts'
import type { CheckRun, CheckSuite, Repository } from './types.ts'

/** An App has one suite per commit, made when it is first needed. */
export function suiteFor(
  context: WorldContext,
  repository: Repository,
  wanted: { readonly appId: number; readonly headSha: Oid; readonly headBranch?: string },
): CheckSuite {
  for (const suite of context.state.checkSuites.values()) {
    if (suite.repositoryId === repository.id && suite.appId === wanted.appId && suite.headSha === wanted.headSha) return suite
  }
  const at = context.clock.moment()
  const suite: CheckSuite = {
    id: takeId(context),
    repositoryId: repository.id,
    appId: wanted.appId,
    headSha: wanted.headSha,
    headBranch: wanted.headBranch,
    createdAt: at,
    updatedAt: at,
  }
  context.state.checkSuites.set(suite.id, suite)
  return suite
}

/** Newest first, as GitHub lists them. */
export function checkRunsOf(context: WorldContext, repository: Repository, headSha: Oid): CheckRun[] {
  return [...context.state.checkRuns.values()].filter((run) => run.repositoryId === repository.id && run.headSha === headSha).reverse()
}
