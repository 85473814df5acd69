import { annotateFault, type Annotation, findPullBase, type Outcome } from '@switchyard/action'
import { type CatalogueComparison, catalogVersion, compareCatalogues, parseCatalogue } from '@switchyard/bootstrapping/catalogue'
import { escapeMarkdown, type Fault, inlineCode, renderTable, UserError } from '@switchyard/core'
import { readFileAt } from '@switchyard/github/operations'
import type { Catalogue } from './catalogue.ts'
import type { Door } from './door.ts'
import type { Spec } from './run.ts'
import { type Misfit, type Tried, tryOptions } from './try-options.ts'

/** Checks a changed catalogue before it is merged: its faults, each option on the template, and what becomes of versions and hashes. */
export async function lint(door: Door): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const file = inputs.catalogPath
  const base = findPullBase(context)
  const [text, before] = await Promise.all([
    readFileAt(door.github, context.repository, { path: file, commit: context.sha }),
    base === undefined ? undefined : readFileAt(door.github, context.repository, { path: file, commit: base }),
  ])
  if (text === undefined) throw notThere(door, { wasThere: before !== undefined })
  const parsed = parseCatalogue(text, { file })
  if (!parsed.ok) return faulty(parsed.faults, file)
  const tried = await tryOptions(door, { catalogue: parsed.catalogue, text, file })
  const old = before === undefined ? undefined : parseCatalogue(before, { file })
  const outcome = judge({ file, tried, catalogue: parsed.catalogue, old: old?.ok === true ? old.catalogue : undefined })
  return { ...outcome, annotations: [...tried.misfits.map(toAnnotation), ...parsed.warnings.map(annotateFault)] }
}

function notThere({ given: { inputs, context } }: Door, { wasThere }: { readonly wasThere: boolean }): UserError {
  const at = context.sha.slice(0, 12)
  return wasThere
    ? new UserError(
        'CATALOG_NOT_FOUND',
        `${inputs.catalogPath} is there before the change, and not at ${at}: nothing could be made or updated any more.`,
        { hint: 'Keep it, or give its new place by `catalog-path`.' },
      )
    : new UserError('CATALOG_NOT_FOUND', `There is no readable ${inputs.catalogPath} at ${at}.`, {
        hint: 'Name another file by `catalog-path`.',
      })
}

interface Judged {
  readonly file: string
  readonly tried: Tried
  readonly catalogue: Catalogue
  /** Undefined: there was none, or it was faulty. */
  readonly old: Catalogue | undefined
}

function judge({ file, tried: { misfits, tried }, catalogue, old }: Judged): Outcome<Spec> {
  const comparison = old && compareCatalogues(old, catalogue)
  const changed = comparison?.recipes.filter((recipe) => recipe.changed) ?? []
  const isSound = misfits.length === 0
  const version = { old: comparison?.catalog_version.old ?? null, new: catalogVersion(catalogue) }
  const [first] = misfits
  const more = misfits.length > 1 ? ` (and ${misfits.length - 1} more)` : ''
  const count = changed.length === 1 ? '1 recipe changes' : `${changed.length} recipes change`
  const news = comparison === undefined ? 'all recipes are new' : count
  return {
    decision: isSound ? 'done' : 'failed',
    reasonCode: isSound ? 'catalogue-sound' : 'catalogue-faulty',
    headline:
      first === undefined
        ? `${file} is sound: ${tried} options apply to the template, ${news}.`
        : `${file} does not fit its template: ${first.what}: ${first.message}${more}`,
    result: {
      catalog_version: version,
      options_tried: tried,
      changed_recipes: changed.map(({ category, option, old: was = null, new: is = null }) => ({
        option: `${category}/${option}`,
        old: was,
        new: is,
      })),
      failed_options: misfits.map(({ what, message, place }) => ({ option: what, message, line: place.line ?? null })),
    },
    outputs: { 'catalog-version': version.new },
    summary: renderPage({ misfits, comparison, version }),
  }
}

interface Page {
  readonly misfits: readonly Misfit[]
  readonly comparison: CatalogueComparison | undefined
  readonly version: { readonly old: string | null; readonly new: string }
}

function renderPage({ misfits, comparison, version }: Page): string {
  const changed = comparison?.recipes.filter((recipe) => recipe.changed) ?? []
  return [
    `### Catalogue ${misfits.length === 0 ? 'sound' : 'faulty'}`,
    renderVersion(version),
    ...(misfits.length === 0
      ? []
      : [
          renderTable(
            ['What', 'Why it does not apply'],
            misfits.slice(0, 200).map(({ what, message }) => [inlineCode(what), escapeMarkdown(message)]),
          ),
        ]),
    ...(comparison === undefined ? [] : [renderTemplate(comparison)]),
    changed.length === 0
      ? comparison === undefined
        ? 'There is no sound catalogue to compare with.'
        : 'No recipe changes.'
      : renderTable(
          ['Option', 'Recipe before', 'Recipe now'],
          changed.slice(0, 200).map(({ category, option, old, new: now }) => [inlineCode(`${category}/${option}`), short(old), short(now)]),
        ),
    '',
  ]
    .filter((part, at, all) => part !== '' || at === all.length - 1)
    .join('\n\n')
}

function renderVersion({ old, new: now }: Page['version']): string {
  if (old === null) return `Its version is ${short(now)}.`
  return old === now ? `Its version stays ${short(now)}.` : `Version ${short(old)} → ${short(now)}.`
}

function renderTemplate({ template: { old, new: now } }: CatalogueComparison): string {
  const [from, to] = [old, now].map(({ repository, version }) => `${repository}@${version}`)
  return from === to
    ? ''
    : `New repositories begin with ${inlineCode(to ?? '')}, before with ${inlineCode(from ?? '')}. Those that are there are offered an update.`
}

function short(hash: string | undefined): string {
  return hash === undefined ? '—' : inlineCode(hash.slice(0, 12))
}

function faulty(faults: readonly Fault[], path: string): Outcome<Spec> {
  const rows = faults
    .slice(0, 200)
    .map(({ place, message, hint }) => [String(place?.line ?? ''), escapeMarkdown(message), escapeMarkdown(hint ?? '')])
  return {
    decision: 'failed',
    reasonCode: 'catalogue-faulty',
    headline: `${path} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}: ${faults[0]?.message ?? ''}`,
    result: {
      faults: faults.map(({ code, message, place }) => ({ code, message, line: place?.line ?? null, column: place?.column ?? null })),
    },
    summary: `### Catalogue faulty\n\n${renderTable(['Line', 'What', 'What to do'], rows)}\n`,
    annotations: faults.map(annotateFault),
  }
}

function toAnnotation({ what, message, place }: Misfit): Annotation {
  return { level: 'error', title: what, message, ...place }
}
