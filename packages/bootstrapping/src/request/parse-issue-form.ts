import { type Fault, findNearest } from '@switchyard/core'
import { hintFor } from '../catalogue/condition-names.ts'
import { FORMATS } from '../catalogue/formats.ts'
import { quote } from '../catalogue/quote.ts'
import { type Catalogue, type Category, type Visibility, VISIBILITIES } from '../model.ts'
import { FORM_LABELS, type FormSection, parseChoices, parseFormSections } from './issue-form-sections.ts'
import type { BootstrapRequest } from './request.ts'

export type ParsedIssueForm =
  | {
      readonly ok: true
      readonly request: BootstrapRequest
      /** Headings that ask for nothing of ours. */ readonly ignored: readonly string[]
    }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * A request from the body of an issue that was opened with the form "New repository". Options are named by label or slug; a question
 * that was not answered, or not asked, takes the category's defaults; boxes of which none is ticked, and `None`, choose none.
 */
export function parseIssueForm<Action>(body: string, catalogue: Catalogue<Action>): ParsedIssueForm {
  const faults: Fault[] = []
  const sections = parseFormSections(body)
  const own = Object.values(FORM_LABELS)
  const headings = [...own, ...catalogue.categories.map(({ label }) => label)]
  // A category's slug may be another question's label; the form shows labels.
  const isMeant = (heading: string, { label, slug }: Named): boolean =>
    isSame(heading, label) || (slug !== undefined && isSame(heading, slug) && !headings.some((known) => isSame(known, heading)))
  const answer = (named: Named): string | undefined => {
    const found = sections.filter(({ heading }) => isMeant(heading, named))
    if (found.length > 1) {
      faults.push(fault('duplicate-heading', `\`${named.label}\` is answered twice.`, 'Keep one of the headings in the issue.'))
    }
    return found[0]?.value || undefined
  }
  const owner = checked('owner', answer({ label: FORM_LABELS.owner }), faults)
  const name = checked('name', answer({ label: FORM_LABELS.name }), faults)
  const visibility = parseVisibility(answer({ label: FORM_LABELS.visibility }), faults)
  const selected = catalogue.categories.flatMap((category) => {
    const chosen = parseCategory(category, { value: answer(category), faults })
    return chosen === undefined ? [] : [[category.slug, chosen] as const]
  })
  const ignored = findUnknownHeadings(sections, { catalogue, headings, faults })
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, request: { repo_owner: owner, repo_slug: name, visibility, selected_options: Object.fromEntries(selected) }, ignored }
}

/** What a question of the form may be headed by. */
interface Named {
  readonly label: string
  readonly slug?: string
}

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}

function fault(code: string, message: string, hint: string): Fault {
  return { code, message, hint, severity: 'error' }
}

function checked(what: 'owner' | 'name', value: string | undefined, faults: Fault[]): string {
  const label = FORM_LABELS[what]
  if (value === undefined) {
    faults.push(fault('missing-answer', `\`${label}\` is not answered.`, `Write it below \`### ${label}\` in the issue.`))
  } else if (!FORMATS[what].pattern.test(value)) {
    faults.push(fault(FORMATS[what].code, `\`${label}\` ${FORMATS[what].must}; it is ${quote(value)}.`, FORMATS[what].hint))
  }
  return value ?? ''
}

function parseVisibility(value: string | undefined, faults: Fault[]): Visibility {
  if (value === undefined) return 'private'
  const found = VISIBILITIES.find((visibility) => isSame(visibility, value))
  if (!found) faults.push(fault('unknown-value', `There is no visibility ${quote(value)}.`, hintFor(value, VISIBILITIES)))
  return found ?? 'private'
}

function parseCategory<Action>(
  category: Category<Action>,
  { value, faults }: { readonly value: string | undefined; readonly faults: Fault[] },
): readonly string[] | undefined {
  if (value === undefined) return undefined
  const { label, options } = category
  const find = (text: string): string | undefined =>
    (options.find((option) => isSame(option.label, text)) ?? options.find((option) => option.slug === text.toLowerCase()))?.slug
  if (isSame(value, 'None') && find(value) === undefined) return []
  const choices = parseChoices(value, (text) => find(text) !== undefined)
  if (!choices) {
    faults.push(fault('bad-answer', `The answer to ${quote(label)} is not a list of boxes.`, 'Tick boxes, and write nothing beside them.'))
    return undefined
  }
  return choices.flatMap((choice) => {
    const slug = find(choice)
    if (slug === undefined) {
      faults.push(
        fault(
          'unknown-option',
          `${quote(label)} has no option ${quote(choice)}.`,
          hintFor(
            choice,
            options.map((option) => option.label),
          ),
        ),
      )
    }
    return slug ?? []
  })
}

/** A misspelt heading would silently take the defaults; one that is near none of ours is somebody's own question. */
function findUnknownHeadings<Action>(
  sections: readonly FormSection[],
  {
    catalogue,
    headings,
    faults,
  }: { readonly catalogue: Catalogue<Action>; readonly headings: readonly string[]; readonly faults: Fault[] },
): readonly string[] {
  const known = [...headings, ...catalogue.categories.map(({ slug }) => slug)]
  const unknown = sections.map(({ heading }) => heading).filter((heading) => !known.some((name) => isSame(name, heading)))
  return unknown.filter((heading) => {
    const near = findNearest(heading, headings)
    if (near !== undefined) {
      faults.push(fault('unknown-heading', `${quote(heading)} is no question of the form.`, `Did you mean \`${near}\`?`))
    }
    return near === undefined
  })
}
