import { join } from 'node:path'
import { runProgram } from '@switchyard/cli/run-program'
import { root } from '../repository.ts'

const { argv, env, stdout, stderr } = process
process.exitCode = await runProgram({ args: ['demo', '--out', join(root, 'out/demo'), ...argv.slice(2)], env, stdout, stderr })
