/** `constructor` and its like: every JavaScript object has such a member, so that records kept under the name would be mistaken. */
export function isReserved(name: string): boolean {
  return name in {}
}
