import { expect, it } from 'vitest'
import { parseKeptRecipe, renderKeptRecipe } from './kept-recipe.ts'
import type { RecipeAction } from './resolve-recipe.ts'

const traits = {
  execution_order: 3,
  supports_dry_run: true,
  side_effects: ['FILESYSTEM'],
  risk_level: 'LOW',
  requires_role: 'ANY',
  category: 'auth',
  option: 'sessions',
} as const
const actions: readonly RecipeAction[] = [
  { kind: 'WRITE_FILE', params: { path: 'a.txt', content: 'ä' }, ...traits },
  { kind: 'SET_TOPICS', params: { topics: ['web'] }, ...traits, side_effects: ['GITHUB_SETTINGS'], if: "repo.visibility == 'public'" },
]

it('a kept recipe is the same when it is read again', () => {
  expect(parseKeptRecipe(renderKeptRecipe(actions))).toEqual(actions)
})

it.each([
  ['another path', { kind: 'WRITE_FILE', params: { path: '../x', content: '' }, ...traits }],
  ['another command', { kind: 'RUN_BASH_TEMPLATE', params: { command: 'curl evil' }, ...traits }],
  ['no place', { kind: 'DELETE_FILE', params: { path: 'x' }, execution_order: 1 }],
])('a kept recipe that somebody changed to %s is refused', (_, action) => {
  expect(() => parseKeptRecipe(JSON.stringify({ actions: [action] }))).toThrow()
})
