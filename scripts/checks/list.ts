import { checkFloors } from '../check-floors.ts'
import { compareGenerated } from '../generate/compare.ts'
import { checkBundles } from './bundles.ts'
import { toResult } from './check.ts'
import type { Check } from './check.ts'
import { runCommandCheck } from './command.ts'
import { checkDependencies } from './dependencies.ts'
import { formatter } from './formatter.ts'
import { checkNodeVersion } from './node-version.ts'
import { runVitest } from './vitest.ts'
import { checkWorkflows } from './workflows.ts'

const command = (name: string, ...args: readonly string[]): Check => ({ name, run: () => runCommandCheck(args) })
const rules = (name: string, find: () => readonly string[] | Promise<readonly string[]>): Check => ({
  name,
  run: async () => toResult(await find()),
})

const onlyTests = ['--production', '--include-entry-exports', '--include', 'exports']

/** Groups of checks: those of one group run side by side, the groups one after another. */
export const checkGroups: readonly (readonly Check[])[] = [
  [
    command('types', 'node_modules/typescript/bin/tsc', '--noEmit', '--project', '.'),
    command('format', ...formatter, '--check'),
    command('lint', 'node_modules/oxlint/bin/oxlint', '--deny-warnings'),
    command('unused code and dependencies', 'node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'),
    // Of tests nothing is seen, so what only they read is told. Barrels may offer a room's own tests more.
    command('code that only tests use', 'node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints', ...onlyTests),
    rules('floors', checkFloors),
    rules('dependencies are explained', checkDependencies),
    rules('one Node version', checkNodeVersion),
    rules('workflows', checkWorkflows),
    rules('generated files in step', compareGenerated),
    rules('bundles are what the sources give', checkBundles),
  ],
  // Tests use every core by themselves, and some of them watch the clock.
  [{ name: 'unit and contract tests', run: () => runVitest('unit') }],
  [{ name: 'acceptance tests', run: () => runVitest('acceptance') }],
]
