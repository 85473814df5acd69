import { isScalar } from 'yaml'
import { findText, type Finding, readJobs, readSteps, type Rule } from '../yaml-file.ts'

/** A tag or a branch can be moved to other code; a commit cannot. */
export const pinnedActions: Rule = (file) =>
  [...readJobs(file), ...readSteps(file)].flatMap(({ map }): readonly Finding[] => {
    const uses = findText(file.document, map, 'uses')
    if (!isScalar(uses) || isPinned(uses.value)) return []
    return [
      {
        code: 'unpinned-action',
        message: `${uses.value} is not pinned`,
        hint: uses.value.startsWith('docker://')
          ? 'Name its digest, `@sha256:…`: a tag can be moved to another image.'
          : 'Name the full commit id after the @, with its version in a comment: a tag can be moved to other code.',
        severity: 'error',
        offset: uses.range?.[0] ?? 0,
      },
    ]
  })

/** Code of the same repository is as trusted as the workflow; our own actions are named by the version a user would name. */
export function isPinned(uses: string): boolean {
  if (/^(\.|\$)\//.test(uses)) return true
  if (uses.startsWith('docker://')) return /@sha256:[\da-f]{64}$/.test(uses)
  return /^[^@]+@[\da-f]{40}$/.test(uses) || isOwnAction(uses)
}

function isOwnAction(uses: string): boolean {
  return /^switchyard\/switchyard\/actions\/[\w-]+@[\w.-]+$/.test(uses)
}
