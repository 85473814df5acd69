import { z } from 'zod'
import { actionShape, sideEffectsOf } from '../catalogue/action-shapes.ts'
import { parseCommand } from '../catalogue/command.ts'
import type { RecipeAction } from './resolve-recipe.ts'

const place = z.object({ category: z.string(), option: z.string() })
const kept = z.object({ actions: z.array(z.looseObject({ category: z.string(), option: z.string() })).max(200) })

/** A recipe's actions as the ledger keeps them: what a later attempt of a run carries out again, whatever the catalogue says by then. */
export function renderKeptRecipe(actions: readonly RecipeAction[]): string {
  return JSON.stringify({ actions })
}

/** @throws for whatever is wrong with it: the text came from a branch that people can write to. */
export function parseKeptRecipe(text: string): readonly RecipeAction[] {
  return kept.parse(JSON.parse(text)).actions.map((entry): RecipeAction => {
    const { category, option, ...rest } = entry
    const { if: condition, ...action } = actionShape.parse(rest)
    if (action.kind === 'RUN_BASH_TEMPLATE') requireAllowed(action.params.command)
    return {
      ...action,
      ...place.parse({ category, option }),
      side_effects: action.side_effects ?? sideEffectsOf(action.kind),
      ...(condition !== undefined && { if: condition }),
    }
  })
}

function requireAllowed(command: string): void {
  const parsed = parseCommand(command)
  if (!parsed.ok) throw new RangeError(`A kept recipe holds a command that is not allowed: ${parsed.fault.message}`)
}
