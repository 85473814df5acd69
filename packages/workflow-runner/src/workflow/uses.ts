/** What a `uses:` names. */
export type Uses =
  /** A folder of the workspace. */
  | { readonly kind: 'local'; readonly path: string }
  /** A folder of the workflow's own repository, at the workflow's own commit. */
  | { readonly kind: 'self'; readonly path: string }
  | { readonly kind: 'repository'; readonly repository: string; readonly path: string; readonly ref: string }
  /** Without repository: of the caller's own repository and commit. */
  | { readonly kind: 'workflow'; readonly repository: string | undefined; readonly path: string; readonly ref: string | undefined }
  | { readonly kind: 'docker' }
  | { readonly kind: 'malformed' }

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/

/** Source: docs.github.com, "Workflow syntax", jobs.<job_id>.steps[*].uses and jobs.<job_id>.uses; github-facts 7.11. */
export function parseUses(text: string): Uses {
  if (text.startsWith('docker://')) return { kind: 'docker' }
  const [, prefix, below] = /^(\.|\$)\/(.*)$/s.exec(text) ?? []
  if (below !== undefined) {
    if (prefix === '.' && WORKFLOW.test(below)) return { kind: 'workflow', repository: undefined, path: below, ref: undefined }
    return { kind: prefix === '.' ? 'local' : 'self', path: below.replace(/\/+$/, '') }
  }
  const [, repository, path = '', ref] = /^([\w.-]+\/[\w.-]+)((?:\/[^@]+)?)@(.+)$/s.exec(text) ?? []
  if (repository === undefined || ref === undefined) return { kind: 'malformed' }
  const inner = path.replace(/^\/+|\/+$/g, '')
  return { kind: WORKFLOW.test(inner) ? 'workflow' : 'repository', repository, path: inner, ref }
}
