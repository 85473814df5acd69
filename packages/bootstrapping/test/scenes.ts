import type { ActionStep } from '../src/catalogue/action-shapes.ts'
import type { ActionTraits, Scene } from '../src/model.ts'
import type { RecipeAction } from '../src/resolve/resolve-recipe.ts'
import { treeOf } from '../src/tree/change-tree.ts'
import type { FileTree } from '../src/tree/file-tree.ts'
import { findText, textFile } from '../src/tree/text.ts'

export const scene: Scene = {
  repo: { owner: 'acme', name: 'shop', visibility: 'private' },
  selections: { auth: ['sessions'], testing: ['unit', 'e2e'], 'add-ons': [] },
  template: { repository: 'acme/baseline', version: 'v1.2.0', commit: 'c'.repeat(40), committedAt: Date.UTC(2026, 1, 3, 23, 59) },
}

/** A tree of text files. */
export function treeWith(files: Readonly<Record<string, string>>): FileTree {
  return treeOf(Object.entries(files).map(([path, text]) => [path, textFile(text)]))
}

export function textAt(tree: FileTree, path: string): string | undefined {
  const file = tree.get(path)
  return file && findText(file.content)
}

/** An action of a recipe, as the option auth/sessions brings it. */
export function action(step: ActionStep, traits: Partial<ActionTraits> = {}): RecipeAction {
  const usual = { execution_order: 1, supports_dry_run: true, side_effects: [], risk_level: 'LOW', requires_role: 'ANY' } as const
  return { category: 'auth', option: 'sessions', ...usual, ...traits, ...step }
}
