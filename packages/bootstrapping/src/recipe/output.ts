import { byteLength } from '../tree/text.ts'
import { MAX_OUTPUT_BYTES } from './limits.ts'

const CUT = '\n[the rest was cut off]\n'

/** Output with more of it behind, at most 256 KiB in all; what comes later is dropped, and that is said once. */
export function appendOutput(output: string, more: string): string {
  if (output.endsWith(CUT) || more === '') return output
  const room = MAX_OUTPUT_BYTES - byteLength(output)
  if (byteLength(more) <= room - CUT.length) return output + more
  const bytes = new TextEncoder().encode(more).subarray(0, Math.max(0, room - CUT.length))
  // Half a character at the end becomes a mark of its own, which is taken off.
  return `${output}${new TextDecoder().decode(bytes).replace(/\ufffd+$/, '')}${CUT}`
}
