/** Ideas of one document: issues 1 to 100 stand in the first. */
export const IDEAS_PAGE = 100

export function pageOf(issue: number): number {
  return Math.floor((issue - 1) / IDEAS_PAGE)
}
