import { hashOf } from '@switchyard/core'
import { z } from 'zod'
import type { Catalogue, Option } from '../model.ts'
import { actionShape, type CatalogueAction } from './action-shapes.ts'

/**
 * What a recipe does, as 64 hex digits: SHA-256 of the canonical JSON of its resolved actions in their order. The same for equal
 * recipes, whichever selections or catalogue they came from.
 */
export function recipeHash(actions: readonly Pick<CatalogueAction, 'kind' | 'execution_order' | 'params'>[]): string {
  return hashOf({ actions: actions.map(({ kind, execution_order, params }) => ({ kind, execution_order, params })) })
}

/**
 * What a catalogue offers, as 64 hex digits. Every field that can change a recipe or who may have it counts; labels, descriptions and
 * the template do not (a receipt names the template itself).
 */
export function catalogVersion({ categories }: Catalogue<CatalogueAction>): string {
  return hashOf({
    categories: categories.map(({ slug, selection_type, is_required, display_order, options }) => ({
      slug,
      selection_type,
      is_required,
      display_order,
      options: options.map(hashedOption),
    })),
  })
}

function hashedOption({ slug, is_default, enabled, archived, display_order, actions }: Option<CatalogueAction>): unknown {
  return { slug, is_default, enabled, archived, display_order, actions: actions.map(hashedAction) }
}

function hashedAction({
  kind,
  execution_order,
  params,
  supports_dry_run,
  side_effects,
  risk_level,
  requires_role,
  ...rest
}: CatalogueAction): unknown {
  return { kind, execution_order, params, supports_dry_run, side_effects, risk_level, requires_role, if: rest.if }
}

/** The JSON Schema of recipe actions. */
export function actionSchema(): Record<string, unknown> {
  return z.toJSONSchema(actionShape, { target: 'draft-2020-12', io: 'input' })
}

/** Of the shape of actions: it changes exactly when what a catalogue may write as an action changes. Logged at the start of a run. */
export function actionSchemaHash(): string {
  return hashOf(actionSchema())
}
