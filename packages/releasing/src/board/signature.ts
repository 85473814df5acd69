import { bodyHash } from './read-ticks.ts'

const START = '<!-- switchyard:release body='
const END = ' -->\n'

/** Units that a signature adds to a body. */
export const SIGNATURE_LENGTH = START.length + 64 + END.length

/** A body with a last line that says what it was when the toolkit wrote it. */
export function sign(body: string): string {
  return `${body}${START}${bodyHash(body)}${END}`
}

/** Whether a body is just as the toolkit wrote it once. Line ends and spaces at the end of lines do not count. */
export function isAsWritten(body: string): boolean {
  const at = body.lastIndexOf(START)
  return at >= 0 && body.slice(at).trimEnd() === `${START}${bodyHash(body.slice(0, at))}${END}`.trimEnd()
}
