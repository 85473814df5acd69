import type { Catalogue, Category, Option } from '../model.ts'
import { type ActionStep, type CatalogueAction, sideEffectsOf } from './action-shapes.ts'
import type { CatalogueShape } from './shape.ts'

type CategoryShape = CatalogueShape['categories'][number]
type OptionShape = CategoryShape['options'][number]
type ActionShape = OptionShape['actions'][number]

/** The file's contents with every default filled in and everything in its defined order, whatever the order of the text. */
export function normalise({ template, categories }: CatalogueShape): Catalogue<CatalogueAction> {
  return { template, categories: categories.map(toCategory).sort(byDisplay) }
}

/** By display order, then by slug, code point by code point: slugs are ASCII, where `<` is just that. Never by locale. */
export function byDisplay(left: Displayed, right: Displayed): number {
  return left.display_order - right.display_order || (left.slug < right.slug ? -1 : left.slug > right.slug ? 1 : 0)
}

interface Displayed {
  readonly display_order: number
  readonly slug: string
}

function toCategory({ label, options, ...category }: CategoryShape): Category<CatalogueAction> {
  return { ...category, label: label ?? category.slug, options: options.map(toOption).sort(byDisplay) }
}

function toOption({ label, actions, ...option }: OptionShape): Option<CatalogueAction> {
  // A stable sort: actions of one order keep their places.
  const sorted = actions.map(toAction).sort((left, right) => left.execution_order - right.execution_order)
  return { ...option, label: label ?? option.slug, actions: sorted }
}

function toAction({
  if: condition,
  side_effects,
  execution_order,
  supports_dry_run,
  risk_level,
  requires_role,
  ...step
}: ActionShape): CatalogueAction {
  return {
    ...(step satisfies ActionStep),
    execution_order,
    supports_dry_run,
    side_effects: [...new Set(side_effects ?? sideEffectsOf(step.kind))].sort(),
    risk_level,
    requires_role,
    ...(condition === undefined ? {} : { if: condition }),
  }
}
