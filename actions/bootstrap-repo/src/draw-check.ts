import { endOf, type Run } from '@switchyard/bootstrapping'
import { GitHubError } from '@switchyard/core'
import type { RepositoryFacts } from '@switchyard/github/operations'
import type { Door } from './door.ts'

/** The run's check run on this repository's head: a rendering, without which the run goes on. */
export async function drawCheck(
  door: Door,
  run: Run,
  { control, summary, mayExist }: { readonly control: RepositoryFacts; readonly summary: string; readonly mayExist: boolean },
): Promise<void> {
  const { github, given } = door
  const end = endOf(run)
  if (control.head === undefined || end === undefined) return
  const { drawCheckRun } = await import('@switchyard/github/operations')
  const name = `${run.plan.owner}/${run.plan.slug}`
  try {
    await drawCheckRun(
      github,
      {
        repository: given.context.repository,
        headSha: control.head,
        name: `bootstrap/${name}`,
        key: run.plan.run_id,
        conclusion: CONCLUSIONS[end.kind],
        title: `${name}: ${run.status}`,
        summary,
        detailsUrl: given.context.run.url,
      },
      mayExist,
    )
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    given.io.annotate({ level: 'warning', message: `The check run could not be written: ${error.message} ${error.hint ?? ''}`.trim() })
  }
}

const CONCLUSIONS = { succeeded: 'success', failed: 'failure', cancelled: 'neutral' } as const
