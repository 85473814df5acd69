import { isAbsolute } from 'node:path'

/** What a command inherits; nothing of GitHub's, no input, no proxy (its address may hold a password), no `NODE_OPTIONS`. */
const INHERITED = ['LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'NODE_VERSION', 'SystemRoot', 'PATHEXT'] as const

/**
 * What the template's own files could otherwise name as a program: npm's `git` in `.npmrc`, and where corepack loads a package
 * manager from in `.corepack.env`.
 */
const HELD = { npm_config_git: 'git', COREPACK_ENV_FILE: '0' } as const

/**
 * The environment of a command: a list of what is let through, never of what is held back.
 * `home` is an empty folder, so that no configuration with credentials is found.
 */
export function toCommandEnvironment(environment: Readonly<Record<string, string | undefined>>, home: string): Record<string, string> {
  const inherited = INHERITED.flatMap((name) => {
    const value = environment[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  const delimiter = environment['SystemRoot'] === undefined ? ':' : ';'
  // A relative folder would be one of the template's.
  const path = (environment['PATH'] ?? '').split(delimiter).filter(isAbsolute).join(delimiter)
  return {
    ...Object.fromEntries(inherited),
    PATH: path,
    HOME: home,
    USERPROFILE: home,
    TMPDIR: home,
    TEMP: home,
    TMP: home,
    CI: 'true',
    ...HELD,
  }
}
