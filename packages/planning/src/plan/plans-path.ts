import { UserError } from '@switchyard/core'

/** Levels of folders inside the plans' own that are read where a whole folder is. */
export const PLAN_LEVELS = 4

/**
 * The folder of the plans as paths begin with it: `./plans/` is `plans`.
 * @throws {UserError} `REQUEST_INVALID`
 */
export function parsePlansFolder({ plansPath }: { readonly plansPath: string }): string {
  const folder = plansPath.replace(/^(?:\.?\/+)+|\/+$/g, '')
  if (folder.split('/').every((part) => !['', '.', '..'].includes(part))) return folder
  throw new UserError('REQUEST_INVALID', `\`plans-path\` is “${plansPath}”, which is no folder of this repository.`, {
    hint: 'Name a folder, as in `plans` or `docs/plans`.',
  })
}

/** A Markdown file in the folder of the plans that is no README. */
export function isPlanPath(path: string, folder: string): boolean {
  const name = path.split('/').at(-1) ?? ''
  return path.startsWith(`${folder}/`) && /\.(md|markdown)$/i.test(name) && !/^readme\./i.test(name)
}
