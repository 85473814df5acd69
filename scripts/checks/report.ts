import type { CheckResult } from './check.ts'

export interface FinishedCheck extends CheckResult {
  readonly name: string
  readonly durationMs: number
}

export const renderDuration = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** A table of all checks, the names of what failed; its very last line is the sum, `N passed, N failed`. */
export function renderReport(checks: readonly FinishedCheck[]): string {
  const rows = checks.map((check) => [
    check.failed === 0 ? 'ok' : 'FAILED',
    check.name,
    String(check.passed),
    String(check.failed),
    renderDuration(check.durationMs),
  ])
  const head = ['', 'check', 'passed', 'failed', 'time']
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')
  const sum = (key: 'passed' | 'failed'): number => checks.reduce((total, check) => total + check[key], 0)
  const names = checks.flatMap((check) => (check.names ?? []).map((name) => `FAILED  ${name}`))
  return [line(head), ...rows.map(line), '', ...names, `${sum('passed')} passed, ${sum('failed')} failed`].join('\n')
}
