import { sha256 } from '@switchyard/core'

/** The ledger's subject for a workflow run. Numeric ids, since repositories are renamed and transferred. */
export function subjectOf(repositoryId: number, runId: number): string {
  return `repo-${repositoryId}~run-${runId}`
}

/** Where the chain of a started run is kept, below `views/`. Known before anything is read. */
export function startedDocument(repositoryId: number, runId: number): string {
  const subject = subjectOf(repositoryId, runId)
  return `started/${sha256(subject).slice(0, 2)}/${subject}`
}

/** The id under which everything that follows from this run is found. The same whenever it is asked for. */
export function correlationIdOf(repositoryId: number, runId: number): string {
  return sha256(subjectOf(repositoryId, runId)).slice(0, 16)
}
