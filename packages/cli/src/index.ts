import { runProgram } from './run-program.ts'

const { argv, env, stdout, stderr } = process
// Whoever reads our output may stop early, as `head` does: then there is nobody left to write for.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})
process.exitCode = await runProgram({ args: argv.slice(2), env, stdout, stderr })
