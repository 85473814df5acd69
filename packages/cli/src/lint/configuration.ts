import type { Fault } from '@switchyard/core'

/** A file of Switchyard's own, by what reads it. */
export type ConfigurationKind =
  | 'dispatching'
  | 'switchyard'
  | 'catalogue'
  | 'bootstrap-request'
  | 'inventory'
  | 'release'
  | 'misnamed-release'

export interface ConfigurationText {
  readonly text: string
  /** The path that faults name. */
  readonly file: string
  /** What a bare repository name belongs to. */
  readonly owner: string
  /** The text of another file of the repository, by its path there; undefined: there is none. */
  readonly readContent: (path: string) => Promise<string | undefined>
}

type FindFaults = (source: ConfigurationText) => Promise<readonly Fault[]>

/** Each parser is loaded when there is a file for it. */
const readers: Readonly<Record<ConfigurationKind, FindFaults>> = {
  async dispatching({ text, file, owner }) {
    const { parseDispatching } = await import('@switchyard/dispatching/config')
    const parsed = parseDispatching(text, { file, owner })
    return parsed.ok ? parsed.warnings : parsed.faults
  },
  // Which commands there are is known to the actions alone: names are looked at by them.
  async switchyard({ text, file, owner }) {
    const { parseSwitchyardConfig } = await import('@switchyard/commands/config')
    const parsed = parseSwitchyardConfig(text, { file, owner, commands: [] })
    return parsed.ok ? [] : parsed.faults
  },
  async catalogue({ text, file }) {
    const { parseCatalogue } = await import('@switchyard/bootstrapping/catalogue')
    const parsed = parseCatalogue(text, { file })
    return parsed.ok ? parsed.warnings : parsed.faults
  },
  async 'bootstrap-request'({ text, file }) {
    const { parseRequest } = await import('@switchyard/bootstrapping/catalogue')
    const parsed = parseRequest(text, { file })
    return parsed.ok ? [] : parsed.faults
  },
  async inventory({ text, file }) {
    const { parseInventory } = await import('@switchyard/releasing/files')
    const parsed = parseInventory(text, { file })
    return parsed.ok ? parsed.warnings : parsed.faults
  },
  async release({ text, file, readContent }) {
    const { findContentFiles, parseReleaseFile } = await import('@switchyard/releasing/files')
    const contents = new Map<string, string | undefined>()
    for (const path of findContentFiles(text)) contents.set(path, await readContent(path))
    const parsed = parseReleaseFile(text, { file, slug: slugOf(file), readContent: (path) => contents.get(path) })
    return parsed.ok ? parsed.warnings : parsed.faults
  },
  async 'misnamed-release'({ file }) {
    const hint = 'Rename it, so that it ends in `.yml`.'
    return [
      {
        code: 'misnamed-release',
        message: 'This is no release: their files end in `.yml`.',
        hint,
        place: { file, line: 1, column: 1 },
        severity: 'warning',
      },
    ]
  },
}

function slugOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.yml$/, '')
}

export function isConfiguration(kind: string): kind is ConfigurationKind {
  return Object.hasOwn(readers, kind)
}

/** What the parser of a configuration file says about it, warnings included. */
export function findConfigurationFaults(kind: ConfigurationKind, source: ConfigurationText): Promise<readonly Fault[]> {
  return readers[kind](source)
}
