/** Whether a name matches a pattern in which `*` stands for any run of characters but `/`. Time grows with their lengths, never faster. */
export function matchesWildcard(name: string, pattern: string): boolean {
  const [first = '', ...parts] = pattern.split('*')
  if (parts.length === 0) return name === pattern
  const last = parts.pop() ?? ''
  if (name.includes('/') || name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false
  const middle = name.slice(first.length, name.length - last.length)
  let at = 0
  for (const part of parts) {
    const found = middle.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return true
}
