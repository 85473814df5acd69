import type { StepLog } from './step-log.ts'

export interface Heading {
  readonly isPost: boolean
  /** The first line of a script, or the action. */
  readonly title: string
  readonly inputs: ReadonlyMap<string, string>
  readonly env: Readonly<Record<string, string>>
  /** The rest of a script, and the shell it runs in. */
  readonly details?: readonly string[]
}

/** Writes what a step begins its log with: what runs, with what. */
export function writeHeading(log: StepLog, { isPost, title, inputs, env, details = [] }: Heading): void {
  if (isPost) return log.write('Post job cleanup.')
  log.write(`##[group]Run ${title}`)
  const shown = [...inputs].filter(([, value]) => value !== '')
  const lines = [
    ...details,
    ...(shown.length > 0 ? ['with:', ...shown.map(([key, value]) => `  ${key}: ${value}`)] : []),
    ...(Object.keys(env).length > 0 ? ['env:', ...Object.entries(env).map(([key, value]) => `  ${key}: ${value}`)] : []),
  ]
  for (const line of lines.join('\n').split('\n')) if (line !== '') log.write(line)
  log.write('##[endgroup]')
}
