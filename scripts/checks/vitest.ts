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

/** Several times what they take: a test that never ends must not keep the others' results. */
const TIME_LIMIT_MS = 20 * 60_000

/** Runs one of the test projects of `vitest.config.ts` and counts its tests. */
export function runVitest(project: string): Promise<CheckResult> {
  return run(['--project', project])
}

/** Runs the tests at these paths: files, or folders with all that is below. */
export function runTestsAt(paths: readonly string[]): Promise<CheckResult> {
  return run(paths)
}

async function run(wanted: readonly string[]): Promise<CheckResult> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-test-'))
  try {
    const file = join(folder, 'report.json')
    const tool = ['--disable-warning=DEP0187', 'node_modules/vitest/vitest.mjs', 'run', ...wanted]
    const { exitCode, output } = await runNode(
      [...tool, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      TIME_LIMIT_MS,
    )
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
  if (report === undefined) return { passed: 0, failed: 1, output, names: ['the tests came to no end: see above what they said last'] }
  const skipped = report.numPendingTests + report.numTodoTests
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const counted = report.numFailedTests + skipped + brokenFiles.length
  const isUnnamed = counted === 0 && exitCode !== 0
  const names = [
    ...report.testResults.flatMap((file) =>
      file.assertionResults
        .filter((each) => each.status === 'failed')
        .map((each) => `${relative(process.cwd(), file.name)}: ${each.fullName}`),
    ),
    ...brokenFiles.map((file) => `${relative(process.cwd(), file.name)}: the file did not load, or did not come to its end`),
    ...(isUnnamed ? [`no test by name: the run ended with exit code ${exitCode ?? 'none'}, see above why`] : []),
  ]
  const more = skipped > 0 ? `\n${skipped} tests were skipped.` : ''
  return { passed: report.numPassedTests, failed: isUnnamed ? 1 : counted, names, output: `${output}${more}` }
}
