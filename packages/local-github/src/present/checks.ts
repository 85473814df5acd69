import type { WorldContext } from '../world/context.ts'
import { nodeId } from '../world/node-ids.ts'
import { getRepository } from '../world/repositories.ts'
import type { CheckAnnotation, CheckRun } from '../world/types.ts'
import { presentAppOf } from './apps.ts'
import { repositoryPage, repositoryUrl } from './repositories.ts'

/** OpenAPI `check-run`. */
export function presentCheckRun(context: WorldContext, run: CheckRun) {
  const repository = getRepository(context, run.repositoryId)
  const url = `${repositoryUrl(context, repository)}/check-runs/${run.id}`
  const page = `${repositoryPage(context, repository)}/runs/${run.id}`
  const { title, summary, text, annotations } = run.output
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('checkRun', run.id),
    head_sha: run.headSha,
    external_id: run.externalId ?? '',
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: run.startedAt ?? null,
    completed_at: run.completedAt ?? null,
    output: {
      title: title ?? null,
      summary: summary ?? null,
      text: text ?? null,
      annotations_count: annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: presentAppOf(context, run.appId),
    pull_requests: [],
  }
}

/** OpenAPI `check-annotation`. */
export function presentAnnotation(context: WorldContext, run: CheckRun, annotation: CheckAnnotation) {
  const page = repositoryPage(context, getRepository(context, run.repositoryId))
  return {
    path: annotation.path,
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column ?? null,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
    blob_href: `${page}/blob/${run.headSha}/${annotation.path}`,
  }
}
