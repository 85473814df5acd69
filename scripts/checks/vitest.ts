import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { z } from 'zod'
import type { CheckResult } from './check.ts'
import { runNode } from './command.ts'

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) }),
  ),
})
export type VitestReport = z.infer<typeof reportSchema>

/** Runs one of the test projects of `vitest.config.ts` and counts its tests. */
export async function runVitest(project: string): Promise<CheckResult> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-test-'))
  try {
    const file = join(folder, 'report.json')
    const { exitCode, output } = await runNode([
      '--disable-warning=DEP0187',
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ])
    const text = await readFile(file, 'utf8').catch(() => undefined)
    const report = text === undefined ? undefined : reportSchema.parse(JSON.parse(text))
    return countTests(report, { exitCode, output })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * What a test run counts as. A file that does not load counts as one failure, and so does a run that failed without saying
 * where. A skipped test is a failed one: it proves nothing, and nobody would notice.
 */
export function countTests(
  report: VitestReport | undefined,
  { exitCode, output }: { readonly exitCode: number | null; readonly output: string },
): CheckResult {
  if (report === undefined) return { passed: 0, failed: 1, output }
  const skipped = report.numPendingTests + report.numTodoTests
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const counted = report.numFailedTests + skipped + brokenFiles
  const failed = counted === 0 && exitCode !== 0 ? 1 : counted
  const names = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter((each) => each.status === 'failed')
      .map((each) => `${relative(process.cwd(), file.name)}: ${each.fullName}`),
  )
  return { passed: report.numPassedTests, failed, names, output: skipped > 0 ? `${output}\n${skipped} tests were skipped.` : output }
}
