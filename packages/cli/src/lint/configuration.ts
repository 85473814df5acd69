import type { Fault } from '@switchyard/core'

/** A file of Switchyard's own, by what reads it. */
export type ConfigurationKind = 'dispatching' | 'switchyard' | 'catalogue' | 'bootstrap-request'

export interface ConfigurationText {
  readonly text: string
  /** The path that faults name. */
  readonly file: string
  /** What a bare repository name belongs to. */
  readonly owner: string
}

type FindFaults = (source: ConfigurationText) => Promise<readonly Fault[]>

/** Each parser is loaded when there is a file for it. */
const readers: Readonly<Record<ConfigurationKind, FindFaults>> = {
  async dispatching({ text, ...wanted }) {
    const { parseDispatching } = await import('@switchyard/dispatching/config')
    const parsed = parseDispatching(text, wanted)
    return parsed.ok ? parsed.warnings : parsed.faults
  },
  // Which commands there are is known to the actions alone: names are looked at by them.
  async switchyard({ text, ...wanted }) {
    const { parseSwitchyardConfig } = await import('@switchyard/commands/config')
    const parsed = parseSwitchyardConfig(text, { ...wanted, commands: [] })
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
}

export function isConfiguration(kind: string): kind is ConfigurationKind {
  return Object.hasOwn(readers, kind)
}

/** What the parser of a configuration file says about it, warnings included. */
export function findConfigurationFaults(kind: ConfigurationKind, source: ConfigurationText): Promise<readonly Fault[]> {
  return readers[kind](source)
}
