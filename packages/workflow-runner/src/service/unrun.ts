import type { JobModel } from '../workflow/model.ts'
import { findText } from '../workflow/template.ts'
import { openJobRecord } from './job-record.ts'
import { labelsOf } from './prepare.ts'
import type { JobsScope } from './run.ts'

export interface Unrun {
  readonly result: 'skipped' | 'cancelled' | 'failure'
  readonly message?: string
  readonly name?: string
}

/** Records a job none of whose steps ran. */
export function reportUnrun(scope: JobsScope, job: JobModel, { result, message, name }: Unrun): void {
  const shown = name ?? `${scope.prefix}${job.name?.kind === 'literal' ? findText(job.name) : job.id}`
  const annotations = message === undefined ? [] : [{ level: 'error' as const, message }]
  const labels = job.kind === 'steps' ? labelsOf(job.runsOn).flatMap((each) => (each.kind === 'literal' ? [findText(each) ?? ''] : [])) : []
  openJobRecord(scope.run, { name: shown, labels }).complete({ result, outputs: {}, summary: '', annotations })
}
