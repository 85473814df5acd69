/** Whether a text can name a release: it becomes part of paths, and of the ledger's names. Source: `findSlugFault`, whose rules a test holds this to. */
export function isSlug(text: string): boolean {
  return text.length <= 64 && /^(?!.*\.\.)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(text) && !(text in {})
}
