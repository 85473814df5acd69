import type { LogLevel } from './config.ts'

const ORDER = { debug: 0, info: 1, warn: 2, error: 3 } as const satisfies Record<LogLevel, number>

export type Write = (line: string) => void

/** One JSON object a line, so that whatever collects the output can search it. Facts must hold no secret. */
export function createLog(least: LogLevel, write: Write = console.log) {
  const at = (level: LogLevel) => (message: string, facts: Readonly<Record<string, unknown>> = {}) => {
    if (ORDER[level] >= ORDER[least]) write(JSON.stringify({ level, message, ...facts }))
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
