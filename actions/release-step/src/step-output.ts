import { LOG_HEAD, LOG_TAIL } from './limits.ts'

export interface StepOutput {
  add(line: string): void
  end(): void
}

/** Passes lines on as they come; of more than `head` units only the last `tail` are passed on, at the end, behind a line that says how many were left out. */
export function createStepOutput(
  write: (line: string) => void,
  { head, tail }: { readonly head: number; readonly tail: number } = { head: LOG_HEAD, tail: LOG_TAIL },
): StepOutput {
  let written = 0
  let kept = 0
  let left = 0
  let last: string[] = []
  // A line costs its end as well, so that empty ones are not endless.
  const sizeOf = (line: string): number => line.length + 1
  const dropFirst = (): void => {
    let at = 0
    for (; kept > tail && at < last.length; at += 1) kept -= sizeOf(last[at] ?? '')
    left += at
    last = last.slice(at)
  }
  return {
    add(line) {
      if (last.length === 0 && left === 0 && written + sizeOf(line) <= head) {
        written += sizeOf(line)
        write(line)
        return
      }
      last.push(line)
      kept += sizeOf(line)
      // Not at each line: what is dropped is copied.
      if (kept > 2 * tail) dropFirst()
    },
    end() {
      dropFirst()
      if (left > 0) write(`… ${left} lines were left out …`)
      for (const line of last) write(line)
    },
  }
}
