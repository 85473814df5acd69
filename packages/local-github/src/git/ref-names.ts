/** The rules of `git check-ref-format` for a full name. Source: git-scm.com/docs/git-check-ref-format. */
export function isRefName(name: string): boolean {
  if (!/^refs\/[^/]+\/./.test(name)) return false
  if (name.endsWith('/') || name.endsWith('.') || name.includes('..') || name.includes('//') || name.includes('@{')) return false
  if (/[\p{Cc} ~^:?*[\\]/u.test(name)) return false
  return name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'))
}

export function branchRef(branch: string): string {
  return `refs/heads/${branch}`
}
