/** What a line of a paragraph begins in, where an earlier line opened it. */
export type Inline = 'code' | 'comment'

interface Run {
  readonly start: number
  readonly length: number
  /** A backslash in front takes the first backtick out of an opening run, never out of a closing one. */
  readonly escaped: boolean
}

/**
 * The lines of a paragraph that begin in inline code or in a comment, by their place in it. Whichever opens first hides the
 * other's marks. A run of backticks opens code if the paragraph has another run of the same length behind it, and a comment
 * needs its end there. Source: CommonMark 0.31, "Code spans" and "Raw HTML".
 */
export function findInlineLines(paragraph: readonly string[]): ReadonlyMap<number, Inline> {
  const found = new Map<number, Inline>()
  const text = paragraph.join('\n')
  const lineOf = lineCounter(text)
  const mark = (kind: Inline, start: number, end: number): void => {
    const first = lineOf(start) + 1
    const last = lineOf(end)
    for (let line = first; line <= last; line += 1) found.set(line, kind)
  }
  const runs = runsOf(text)
  const nextAlike = nextOfSameLength(runs)
  let comment = findComment(text, 0)
  let at = 0
  let position = 0
  while (true) {
    while ((runs[at]?.start ?? Infinity) < position) at += 1
    if (comment && comment.start < position) comment = findComment(text, position)
    const [run, close] = [runs[at], nextAlike[at]]
    if (comment && comment.start < (run?.start ?? Infinity)) {
      mark('comment', comment.start, comment.end)
      position = comment.end
    } else if (run === undefined) {
      return found
    } else {
      const end = run.escaped || close === undefined ? undefined : runs[close]
      if (end) mark('code', run.start, end.start)
      const passed = end ?? run
      position = passed.start + passed.length
    }
  }
}

/** The first comment from there on; none if what opens is never closed, and so is none later. */
function findComment(text: string, from: number): { readonly start: number; readonly end: number } | undefined {
  const start = text.indexOf('<!--', from)
  const end = start < 0 ? -1 : text.indexOf('-->', start + 2)
  return end < 0 ? undefined : { start, end: end + 3 }
}

/** The line of a place, for places that never go back. */
function lineCounter(text: string): (place: number) => number {
  let [line, next] = [0, text.indexOf('\n')]
  return (place) => {
    while (next >= 0 && next < place) {
      line += 1
      next = text.indexOf('\n', next + 1)
    }
    return line
  }
}

function runsOf(text: string): readonly Run[] {
  return [...text.matchAll(/(\\*)(`+)/g)].map(({ index, 1: slashes = '', 2: ticks = '' }) => ({
    start: index + slashes.length,
    length: ticks.length,
    escaped: slashes.length % 2 === 1,
  }))
}

/** By run, the next one of its length. */
function nextOfSameLength(runs: readonly Run[]): readonly (number | undefined)[] {
  const last = new Map<number, number>()
  const next: (number | undefined)[] = []
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const length = runs[at]?.length ?? 0
    next[at] = last.get(length)
    last.set(length, at)
  }
  return next
}
