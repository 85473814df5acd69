import { spawn } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'
import { InternalError } from '@switchyard/core'
import { watchChild } from './watch-child.ts'

export interface Program {
  /** The program, found by `PATH`, and its arguments; no shell reads them. */
  readonly argv: readonly string[]
  readonly folder: string
  readonly timeLimitMs: number
  /** All that it has: nothing of this process's own is added. */
  readonly environment: Readonly<Record<string, string>>
  /** Its standard input; left out: empty. */
  readonly input?: string
  /** Standard output and error in the order they came, line by line, while it runs. Untrusted text. */
  readonly onLine: (line: string) => void
}

/**
 * Runs a program to its end and tells what it says as it says it. It is killed with all it started at the time limit.
 *
 * @throws {UserError} `COMMAND_NOT_STARTED` when there is no such program, or it may not be run.
 */
export async function runProgram({ argv, folder, timeLimitMs, environment, input = '', onLine }: Program): Promise<number | 'timed-out'> {
  const [program, ...args] = argv
  if (program === undefined) throw new InternalError('A command without a program')
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    shell: false,
    detached: true,
    windowsHide: true,
  })
  // One that does not read its input to the end is no fault of ours.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const lines = createLines(onLine)
  const exitCode = await watchChild(child, { onOutput: (chunk) => lines.add(chunk), timeLimitMs, program })
  lines.end()
  return exitCode
}

/** A line without an end is told in parts. */
const MAX_LINE = 16_384

function createLines(onLine: (line: string) => void): { add(chunk: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return {
    add(chunk) {
      const lines = (rest + decoder.write(chunk)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
      for (; rest.length > MAX_LINE; rest = rest.slice(MAX_LINE)) onLine(rest.slice(0, MAX_LINE))
    },
    end() {
      rest += decoder.end()
      if (rest !== '') onLine(rest)
    },
  }
}
