import { diff3MergeRegions, diffComm } from 'node-diff3'
import { lineEndOf } from '../recipe/lines.ts'
import { usesCrlf } from '../tree/text.ts'

/** What the two sides are called in a conflict's marks. */
export interface Labels {
  readonly ours: string
  readonly theirs: string
}

/** A conflict's place in the merged text, from its first mark to its last, counted from 1. */
export interface ConflictLines {
  readonly from: number
  readonly to: number
}

export interface MergedText {
  readonly text: string
  /** Empty when everything could be joined. */
  readonly conflicts: readonly ConflictLines[]
}

export interface TextVersions {
  /** Left out: both sides made the file on their own. */
  readonly base: string | undefined
  readonly ours: string
  readonly theirs: string
}

/** Most pairs of equal lines that are weighed: beyond it, a text of equal lines would take minutes. */
const MAX_PAIRS = 4_000_000

/** Lines that need nobody's choice, or two versions to choose from. */
interface Region {
  readonly joined?: readonly string[]
  /** Whether the joined lines are the same on both sides, and not what one of them changed. */
  readonly isCommon?: boolean
  readonly ours?: readonly string[]
  readonly theirs?: readonly string[]
}

/**
 * Joins two versions of a text, line by line; where both changed the same lines, both stay, between git's marks. The result
 * has the line ends of `ours`. Undefined when the texts are too large to be compared.
 */
export function mergeText({ base, ours, theirs }: TextVersions, labels: Labels): MergedText | undefined {
  const mine = splitLines(ours)
  const [old, other] = [base, theirs].map((text) => splitLines(likeOurs(text ?? '', ours)))
  if (old === undefined || other === undefined || isTooLarge([mine, old, other])) return undefined
  const regions = base === undefined ? compare(mine, other) : merge({ mine, old, other })
  return render(joinNear(regions), { labels, lineEnd: lineEndOf(ours) })
}

interface Lines {
  readonly mine: string[]
  readonly old: string[]
  readonly other: string[]
}

function merge({ mine, old, other }: Lines): readonly Region[] {
  const regions = diff3MergeRegions(mine, old, other)
  return regions.flatMap((region): readonly Region[] => {
    if (region.stable) return [{ joined: region.bufferContent, isCommon: region.buffer === 'o' }]
    return compare(region.aContent, region.bContent)
  })
}

/** Two versions of which nobody knows which is meant: all that differs is a conflict, what is alike stands outside of it. */
function compare(mine: string[], other: string[]): readonly Region[] {
  return diffComm(mine, other).map(({ common, buffer1, buffer2 }) => {
    return common === undefined ? { ours: buffer1, theirs: buffer2 } : { joined: common, isCommon: true }
  })
}

/** Fewer equal lines than this between two conflicts make them one, as in git: a lone brace is no common ground. */
const MIN_COMMON = 4

function joinNear(regions: readonly Region[]): readonly Region[] {
  const joined: Region[] = []
  for (const region of regions) {
    const gap = joined.at(-1)
    const before = joined.at(-2)
    const isNear = gap?.isCommon === true && (gap.joined ?? []).length < MIN_COMMON
    if (region.ours === undefined || before?.ours === undefined || !isNear) joined.push(region)
    else joined.splice(-2, 2, { ours: concat(before.ours, gap, region.ours), theirs: concat(before.theirs, gap, region.theirs) })
  }
  return joined
}

function concat(before: readonly string[] = [], gap: Region, after: readonly string[] = []): readonly string[] {
  return [...before, ...(gap.joined ?? []), ...after]
}

interface Style {
  readonly labels: Labels
  readonly lineEnd: string
}

function render(regions: readonly Region[], { labels, lineEnd }: Style): MergedText {
  const lines: string[] = []
  const conflicts: ConflictLines[] = []
  const put = (added: readonly string[]): void => {
    for (const line of added) lines.push(line)
  }
  // A mark stands on a line of its own, also behind a last line without an end.
  const mark = (text: string): void => {
    const last = lines.at(-1)
    if (last !== undefined && !last.endsWith('\n')) lines[lines.length - 1] = `${last}${lineEnd}`
    lines.push(`${text}${lineEnd}`)
  }
  for (const { joined, ours, theirs } of regions) {
    if (joined !== undefined) {
      put(joined)
      continue
    }
    mark(`<<<<<<< ${labels.ours}`)
    const from = lines.length
    put(ours ?? [])
    mark('=======')
    put(theirs ?? [])
    mark(`>>>>>>> ${labels.theirs}`)
    conflicts.push({ from, to: lines.length })
  }
  return { text: lines.join(''), conflicts }
}

/** A side that ends its lines in the other way would differ in every one. */
function likeOurs(text: string, ours: string): string {
  return usesCrlf(text) === usesCrlf(ours) ? text : text.replace(/\r?\n/g, lineEndOf(ours))
}

/** Lines with their ends; the last may have none. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function isTooLarge([first = [], ...others]: readonly (readonly string[])[]): boolean {
  const counts = [first, ...others].map(countLines)
  const [mine = new Map<string, number>(), old = mine, other = mine] = counts
  return pairs(old, mine) + pairs(old, other) + pairs(mine, other) > MAX_PAIRS
}

function pairs(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const [line, count] of left) sum += count * (right.get(line) ?? 0)
  return sum
}

function countLines(lines: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return counts
}
