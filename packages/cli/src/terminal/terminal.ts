import { styleText } from 'node:util'

/** What of a stream is used: fits `process.stdout`. */
export interface Stream {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'

/** Where a command writes to. Results go to standard output, everything else to standard error. */
export interface Terminal {
  /** A line of the result. */
  print(line?: string): void
  /** A part of the result as it is, without a line break of its own. */
  write(text: string): void
  /** A line beside the result. */
  note(line: string): void
  /** Lines that whatever is written next takes the place of; shown on a terminal only, cut at its edge. */
  progress(...lines: readonly string[]): void
  /** Whether progress is shown. */
  readonly isLive: boolean
  /** The text in this style where colours are shown, else the text itself. */
  style(style: Style | readonly Style[], text: string): string
}

export interface TerminalOptions {
  readonly stdout: Stream
  readonly stderr: Stream
  readonly env: Readonly<Record<string, string | undefined>>
}

const ERASE_LINE = '\r\u001b[K'
const LINE_UP = '\u001b[1A'
/** A line that wrapped could not be erased: wrapping is off while progress is written (DECAWM). */
const [NO_WRAP, WRAP] = ['\u001b[?7l', '\u001b[?7h']

/** Colours only where standard output is a terminal and `NO_COLOR` is not set (https://no-color.org: an empty one does not count). */
export function createTerminal({ stdout, stderr, env }: TerminalOptions): Terminal {
  const hasColours = stdout.isTTY === true && (env['NO_COLOR'] ?? '') === ''
  const isLive = stderr.isTTY === true && env['TERM'] !== 'dumb'
  let shown = 0
  const erase = (): void => {
    if (shown === 0) return
    stderr.write(ERASE_LINE + `${LINE_UP}${ERASE_LINE}`.repeat(shown - 1))
    shown = 0
  }
  const write = (stream: Stream, text: string): void => {
    erase()
    stream.write(text)
  }
  return {
    print: (line = '') => write(stdout, `${line}\n`),
    write: (text) => write(stdout, text),
    note: (line) => write(stderr, `${line}\n`),
    progress(...lines) {
      if (!isLive) return
      erase()
      if (lines.length > 0) stderr.write(`${NO_WRAP}${lines.join('\n')}${WRAP}`)
      shown = lines.length
    },
    isLive,
    style: (style, text) =>
      hasColours ? styleText(typeof style === 'string' ? style : [...style], text, { validateStream: false }) : text,
  }
}
