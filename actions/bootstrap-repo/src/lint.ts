import type { Annotation, Outcome } from '@switchyard/action'
import { compareCatalogues, parseCatalogue, resolveRecipe } from '@switchyard/bootstrapping/catalogue'
import { applyRecipe } from '@switchyard/bootstrapping/recipe'
import { escapeMarkdown, type Fault, inlineCode, isJsonObject, renderTable, UserError } from '@switchyard/core'
import { readFileAt } from '@switchyard/github/operations'
import type { Catalogue } from './catalogue.ts'
import type { Door } from './door.ts'
import type { Spec } from './run.ts'
import { readTemplateAt } from './template.ts'

/** Checks a changed catalogue before it is merged: its faults, each option on the template, and what becomes of versions and hashes. */
export async function lint(door: Door): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const path = inputs.catalogPath
  const [text, before] = await Promise.all([
    readFileAt(door.github, context.repository, { path, commit: context.sha }),
    readFileAt(door.github, context.repository, { path, commit: baseOf(door) ?? context.sha }),
  ])
  if (text === undefined) throw new UserError('CATALOG_NOT_FOUND', `There is no readable ${path} at ${context.sha.slice(0, 12)}.`, { hint: 'Name another file by `catalog-path`.' })
  const parsed = parseCatalogue(text, { file: path })
  if (!parsed.ok) return faulty(parsed.faults, path)
  const old = before === undefined ? undefined : parseCatalogue(before, { file: path })
  const failures = await tryOptions(door, parsed.catalogue)
  const comparison = compareCatalogues(old?.ok === true ? old.catalogue : parsed.catalogue, parsed.catalogue)
  const { old: from, new: to } = comparison.catalog_version
  const changed = comparison.recipes.filter((recipe) => recipe.changed)
  return {
    decision: failures.length === 0 ? 'done' : 'failed',
    reasonCode: failures.length === 0 ? 'catalogue-sound' : 'catalogue-faulty',
    headline: failures.length === 0 ? `${path} is sound; ${changed.length === 1 ? '1 recipe changes' : `${changed.length} recipes change`}.` : `${failures.length} options of ${path} do not apply to the template.`,
    result: { catalog_version: { old: from, new: to }, changed_recipes: changed.length, failed_options: failures.map(({ option, message }) => ({ option, message })) },
    outputs: { 'catalog-version': to },
    summary: [
      `### Catalogue ${failures.length === 0 ? 'sound' : 'faulty'}`,
      '',
      ...(old?.ok === true ? renderTemplateChange(old.catalogue.template, parsed.catalogue.template) : []),
      from === to ? `Its version stays ${inlineCode(to.slice(0, 12))}.` : `Version ${inlineCode(from.slice(0, 12))} → ${inlineCode(to.slice(0, 12))}.`,
      '',
      ...(failures.length === 0 ? [] : [renderTable(['Option', 'Why it does not apply'], failures.map(({ option, message }) => [inlineCode(option), escapeMarkdown(message)])), '']),
      changed.length === 0
        ? 'No recipe changes.'
        : renderTable(['Option', 'Recipe before', 'Recipe now'], changed.slice(0, 200).map(({ category, option, old: was, new: is }) => [inlineCode(`${category}/${option}`), short(was), short(is)])),
      '',
    ].join('\n'),
    annotations: failures.map(({ option, message }): Annotation => ({ level: 'error', title: option, message, file: path })),
  }
}

/** The catalogue's version does not tell of the template, yet every new repository begins with it. */
function renderTemplateChange(was: Catalogue['template'], is: Catalogue['template']): readonly string[] {
  const [before, now] = [was, is].map(({ repository, version }) => inlineCode(`${repository}@${version}`))
  return before === now ? [] : [`New repositories begin with ${now}, before with ${before}. Those that are there are offered an update.`, '']
}

function short(hash: string | undefined): string {
  return hash === undefined ? '—' : inlineCode(hash.slice(0, 12))
}

/** The commit that a pull request starts from. */
function baseOf({ given: { context } }: Door): string | undefined {
  const event = isJsonObject(context.payload) ? context.payload : {}
  const pull = event['pull_request']
  const base = isJsonObject(pull) ? pull['base'] : undefined
  return isJsonObject(base) && typeof base['sha'] === 'string' ? base['sha'] : undefined
}

interface Failure {
  readonly option: string
  readonly message: string
}

/** Each option by itself, the other categories with their defaults: archived and disabled ones are nobody's to choose. */
async function tryOptions(door: Door, catalogue: Catalogue): Promise<readonly Failure[]> {
  const template = await readTemplateAt(door, catalogue.template)
  const repo = { owner: 'owner', name: 'repository', visibility: 'private' } as const
  const failures: Failure[] = []
  for (const category of catalogue.categories) {
    for (const { slug, enabled, archived } of category.options) {
      if (!enabled || archived) continue
      const name = `${category.slug}/${slug}`
      const resolved = resolveRecipe(catalogue, { selected: { [category.slug]: [slug] }, repo, purpose: 'create' })
      if (!resolved.ok) {
        failures.push({ option: name, message: resolved.refusals.map(({ message }) => message).join(' ') })
        continue
      }
      const scene = { repo, selections: resolved.recipe.selections, template: { ...catalogue.template, commit: template.commit, committedAt: template.committedAt } }
      const applied = await applyRecipe(template.tree, resolved.recipe.actions, { scene })
      if (!applied.ok) failures.push({ option: name, message: applied.fault.message })
    }
  }
  return failures
}

function faulty(faults: readonly Fault[], path: string): Outcome<Spec> {
  return {
    decision: 'failed',
    reasonCode: 'catalogue-faulty',
    headline: `${path} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}: ${faults[0]?.message ?? ''}`,
    result: { faults: faults.map(({ code, message, place }) => ({ code, message, line: place?.line ?? null, column: place?.column ?? null })) },
    summary: `### Catalogue faulty\n\n${renderTable(['Line', 'What', 'What to do'], faults.slice(0, 200).map(({ place, message, hint }) => [String(place?.line ?? ''), escapeMarkdown(message), escapeMarkdown(hint ?? '')]))}\n`,
    annotations: faults.map(({ message, hint, place }): Annotation => ({ level: 'error', message: [message, hint].join(' '), ...place })),
  }
}
