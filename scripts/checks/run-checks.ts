import type { Check, CheckResult } from './check.ts'
import { renderDuration } from './report.ts'
import type { FinishedCheck } from './report.ts'

/** Runs all checks, whatever fails, and says of each when it begins and how it ended. Failures are printed in full. */
export async function runChecks(groups: readonly (readonly Check[])[], print: (text: string) => void): Promise<readonly FinishedCheck[]> {
  const finished: FinishedCheck[] = []
  for (const group of groups) finished.push(...(await Promise.all(group.map((check) => runOne(check, print)))))
  return finished
}

async function runOne(check: Check, print: (text: string) => void): Promise<FinishedCheck> {
  print(`… ${check.name}`)
  const started = performance.now()
  const result = await check.run().catch(toFailure)
  const durationMs = performance.now() - started
  print(`${result.failed === 0 ? '✓' : '✗'} ${check.name} (${renderDuration(durationMs)})`)
  if (result.failed > 0) print(`${'-'.repeat(80)}\n${result.output.trimEnd()}\n${'-'.repeat(80)}`)
  return { ...result, name: check.name, durationMs }
}

function toFailure(error: unknown): CheckResult {
  return { passed: 0, failed: 1, output: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
