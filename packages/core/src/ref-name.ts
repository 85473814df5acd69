/** What git refuses in a branch or tag name (git-check-ref-format); undefined when the name is sound. */
export function findRefFault(ref: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f]/.test(ref)) return 'it holds a space or a control character'
  const bad = /[~^:?*[\\]/.exec(ref)
  if (bad) return `it holds \`${bad[0]}\``
  if (ref.includes('..')) return 'it holds `..`'
  if (ref.includes('@{') || ref === '@') return 'it holds `@{` or is `@`'
  if (ref.startsWith('/') || ref.endsWith('/') || ref.includes('//')) return 'it has a slash at an end, or two together'
  if (ref.startsWith('-')) return 'it starts with `-`'
  if (ref.endsWith('.')) return 'it ends with a dot'
  if (ref.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock'))) {
    return 'a part of it starts with a dot or ends with `.lock`'
  }
  return undefined
}
