import { inlineCode } from '@switchyard/core'
import type { Drawing, IssueSurface } from '@switchyard/github/operations'
import { countAll, isComplete } from '@switchyard/releasing/render'
import type { Picture } from './picture.ts'

/**
 * Open or closed as the release is, put right beside a new body alone: whoever opens an archived board again is left in peace. A page
 * that was closed by hand stays closed, since its customers may be finished; of the board it is said how a release is ended.
 */
export function stateOf(
  { release, matrix }: Picture,
  { number, surface }: { readonly number: number; readonly surface: IssueSurface },
): readonly Drawing[] {
  const { nodeId: issueId, isOpen } = surface
  if (release.status === 'archived' && isOpen) {
    const state = isComplete(countAll(matrix)) ? 'COMPLETED' : 'NOT_PLANNED'
    return [{ kind: 'issue-state', issueId, state }]
  }
  if (release.status !== 'active' || isOpen || number !== release.board?.issue) return []
  return [
    { kind: 'issue-state', issueId, state: 'OPEN' },
    { kind: 'comment', issueId, body: REOPENED },
  ]
}

const REOPENED = `The release is still active, so its board is open again. To end the release, write ${inlineCode('/release archive')}: that closes the board, too.`
