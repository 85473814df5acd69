/** `owner/name` in its two parts. What people give as an input is checked where it is read; GitHub refuses the rest. */
export function splitFullName(fullName: string): { readonly owner: string; readonly name: string } {
  const [owner = '', name = ''] = fullName.split('/')
  return { owner, name }
}

/** Whether two full names are the same repository's: GitHub compares them without case. */
export function isSameRepository(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
