/**
 * How a repository is written, `owner/name`, as a whole. Source: GitHub docs, "Naming repositories": letters, digits, `-`, `_`
 * and, in the name alone, `.`; each at most 100 characters.
 */
export const FULL_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/

export function isFullName(text: string): boolean {
  return FULL_NAME.test(text)
}

/** `owner/name` in its two parts. What people give as an input is checked where it is read; GitHub refuses the rest. */
export function splitFullName(fullName: string): { readonly owner: string; readonly name: string } {
  const [owner = '', name = ''] = fullName.split('/')
  return { owner, name }
}

/** Whether two full names are the same repository's: GitHub compares them without case. */
export function isSameRepository(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
