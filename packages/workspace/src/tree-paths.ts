import { UserError } from '@switchyard/core'

/**
 * The names of a path, from the root down.
 *
 * @throws {UserError} `TREE_PATH_UNSAFE` for a path that could leave its folder or reach into git's own: the last line of
 * defence, whatever was checked before.
 */
export function splitPath(path: string): readonly [string, ...string[]] {
  const [first = '', ...rest] = path.split('/')
  const names: readonly [string, ...string[]] = [first, ...rest]
  if (names.some(isUnsafeName)) {
    throw new UserError('TREE_PATH_UNSAFE', `The path ${JSON.stringify(path)} may not stand in a tree`, { context: { path } })
  }
  return names
}

/** Backslashes and colons are separators and drives on Windows; the trailing signs are dropped there, and so hide `.git`. */
function isUnsafeName(name: string): boolean {
  return (
    name === '' ||
    /^\.\.?$/.test(name) ||
    /[\0\\]/.test(name) ||
    /^[a-z]:/i.test(name) ||
    /^(\.git|git~1)[. ]*(:|$)/i.test(withoutIgnorable(name))
  )
}

/** Signs that macOS drops when it compares names. Source: CVE-2014-9390. */
function withoutIgnorable(name: string): string {
  return name.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
}

/** The name that a file system which ignores case and accents' spelling knows it by. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase()
}
