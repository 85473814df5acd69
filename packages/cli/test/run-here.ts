import { runProgram } from '../src/run-program.ts'
import type { ExitCode } from '../src/exit-codes.ts'

/** The command in this process, for what needs no process of its own. */
export async function runHere(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ exitCode: ExitCode; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof written) => ({ write: (text: string) => void (written[name] += text) })
  const exitCode = await runProgram({
    args,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  })
  return { exitCode, ...written }
}
