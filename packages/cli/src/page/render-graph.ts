import type { RecordedRun } from '../run/record-runs.ts'
import { escapeHtml } from './escape-html.ts'

const BOX = { width: 250, height: 64, gapX: 70, gapY: 22, pad: 8 } as const

interface Placed {
  readonly run: RecordedRun
  readonly column: number
  readonly row: number
}

/** Which run led to which: each a box, with an arrow from what started it (drawn solid), or from the only run that was under way. */
export function renderGraph(runs: readonly RecordedRun[]): string {
  const placed = place(runs)
  if (placed.length === 0) return ''
  const columns = Math.max(...placed.map(({ column }) => column)) + 1
  const rows = Math.max(...placed.map(({ row }) => row)) + 1
  const width = columns * (BOX.width + BOX.gapX) - BOX.gapX + 2 * BOX.pad
  const height = rows * (BOX.height + BOX.gapY) - BOX.gapY + 2 * BOX.pad
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Which run started which">`,
    `<defs><marker id="${tipOf(placed)}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>`,
    ...placed.flatMap((to) =>
      placed
        .filter((from) => from.run.id === parentOf(to.run))
        .slice(0, 1)
        .map((from) => renderArrow(from, to, tipOf(placed))),
    ),
    ...placed.map(renderBox),
    '</svg>',
    ...(placed.some(({ run }) => isLikely(run) && placed.some((from) => from.run.id === parentOf(run))) ? [LEGEND] : []),
  ].join('\n')
}

const LEGEND = '<p class="dim">A dashed arrow: started while that run, and no other, was under way.</p>'
const isLikely = ({ startedBy }: RecordedRun): boolean => startedBy === undefined
const parentOf = ({ startedBy, during }: RecordedRun): number | undefined => startedBy ?? during

/** What hangs together in the order in which it ran, each tree below the last; below them, side by side, what stands alone. */
function place(runs: readonly RecordedRun[]): readonly Placed[] {
  const isAlone = (run: RecordedRun): boolean => !runs.some((other) => other.id === parentOf(run) || parentOf(other) === run.id)
  const trees = placeTrees(runs.filter((run) => !isAlone(run)))
  const height = Math.max(0, ...trees.map(({ row }) => row + 1))
  const width = Math.max(ABREAST, ...trees.map(({ column }) => column + 1))
  return [...trees, ...runs.filter(isAlone).map((run, at) => ({ run, column: at % width, row: height + Math.floor(at / width) }))]
}

/** Fits the page. */
const ABREAST = 3

function placeTrees(runs: readonly RecordedRun[]): readonly Placed[] {
  const placed: Placed[] = []
  const taken = new Map<number, number>()
  for (const run of runs) {
    const parent = placed.find((each) => each.run.id === parentOf(run))
    const column = parent === undefined ? 0 : parent.column + 1
    const row = Math.max(taken.get(column) ?? 0, parent?.row ?? 0)
    taken.set(column, row + 1)
    placed.push({ run, column, row })
  }
  return placed
}

const left = ({ column }: Placed): number => BOX.pad + column * (BOX.width + BOX.gapX)
const top = ({ row }: Placed): number => BOX.pad + row * (BOX.height + BOX.gapY)

/** Of the graphs on a page, each has its own. */
const tipOf = ([first]: readonly Placed[]): string => `tip-${first?.run.anchor ?? ''}`

function renderArrow(from: Placed, to: Placed, tip: string): string {
  const [x1, y1] = [left(from) + BOX.width, top(from) + BOX.height / 2]
  const [x2, y2] = [left(to) - 2, top(to) + BOX.height / 2]
  const middle = (x1 + x2) / 2
  const style = isLikely(to.run) ? ' class="arrow likely"' : ' class="arrow"'
  return `<path${style} d="M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}" marker-end="url(#${tip})"/>`
}

function renderBox(placed: Placed): string {
  const { run } = placed
  const [x, y] = [left(placed), top(placed)]
  const line = (text: string, dy: number, kind: string): string =>
    `<text x="${x + 14}" y="${y + dy}" class="${kind}">${escapeHtml(shorten(text))}</text>`
  return [
    `<a href="#${run.anchor}"><g class="box ${run.conclusion ?? 'running'}"><title>${escapeHtml(`${run.repository} ${run.path}: ${run.title}`)}</title>`,
    `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8"/><rect class="state" x="${x}" y="${y}" width="5" height="${BOX.height}" rx="2"/>`,
    line(run.repository, 18, 'small'),
    line(run.workflow, 38, 'name'),
    line(`${run.event}${run.attempt > 1 ? ` · attempt ${run.attempt}` : ''} · ${run.conclusion ?? 'not ended'}`, 55, 'small'),
    '</g></a>',
  ].join('')
}

const MOST = 32
const shorten = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text)
