import { runProgram } from './run-program.ts'

const { argv, env, stdout, stderr } = process
process.exitCode = await runProgram({ args: argv.slice(2), env, stdout, stderr })
