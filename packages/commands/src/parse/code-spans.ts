interface Run {
  readonly line: number
  readonly length: number
  /** A backslash in front takes the first backtick out of an opening run, never out of a closing one. */
  readonly escaped: boolean
}

/**
 * Which lines of a paragraph begin inside inline code that an earlier line opened. A run of backticks opens code if the
 * paragraph has another run of the same length behind it. Source: CommonMark 0.31, "Code spans".
 */
export function findLinesInCode(paragraph: readonly string[]): ReadonlySet<number> {
  const runs = paragraph.flatMap((text, line) => runsOf(text, line))
  const nextAlike = nextOfSameLength(runs)
  const inside = new Set<number>()
  let at = 0
  while (at < runs.length) {
    const open = runs[at]
    const close = open?.escaped ? undefined : nextAlike[at]
    const end = close === undefined ? undefined : runs[close]
    if (open && end) for (let line = open.line + 1; line <= end.line; line += 1) inside.add(line)
    at = (close ?? at) + 1
  }
  return inside
}

function runsOf(text: string, line: number): readonly Run[] {
  return [...text.matchAll(/(\\*)(`+)/g)].map(([, slashes = '', ticks = '']) => ({
    line,
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
