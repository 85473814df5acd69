import { FORM_LABELS, parseFormSections } from './issue-form-sections.ts'

/** The names in an issue form's body as they stand there, checked by nobody: enough to look into the ledger before the catalogue is there. */
export function findFormNames(body: string): { readonly owner: string; readonly slug: string } | undefined {
  const sections = parseFormSections(body)
  const find = (label: string): string => sections.find(({ heading }) => heading.toLowerCase() === label.toLowerCase())?.value ?? ''
  const [owner, slug] = [find(FORM_LABELS.owner), find(FORM_LABELS.name)]
  return owner === '' || slug === '' ? undefined : { owner, slug }
}
