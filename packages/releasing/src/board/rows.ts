import { addressOf, type StepStatus } from '../model.ts'
import { PENDING, type Step, stepsOf } from '../release/find-step.ts'
import type { Cell, CustomStep } from '../release/records/parts.ts'
import type { ReleaseState } from '../release/records/state.ts'
import { type CustomerRow, LETTERS, type Matrix, NO_COPY } from '../release/views/matrix-document.ts'
import type { OpenRun, FailedRun } from '../release/views/marks.ts'
import { addCounts, type Counts, countRow, NO_COUNTS } from '../release/views/progress.ts'

/** One customer as an overview shows it. */
export interface CountedCustomer {
  readonly address: string
  readonly cluster: string
  readonly namespace: string
  readonly name: string
  readonly counts: Counts
  /** Steps that are open since their last run failed, by id: where to look first. */
  readonly failed: ReadonlyMap<string, FailedRun>
}

/** One customer with its boxes. */
export interface BoardCustomer extends CountedCustomer {
  /** In the order in which they are worked off. */
  readonly steps: readonly Step[]
}

export interface BoardCluster<Of extends CountedCustomer = BoardCustomer> {
  readonly name: string
  readonly counts: Counts
  readonly customers: readonly Of[]
}

const NO_ROW: CustomerRow = { cells: '', customs: {} }

/** The release's customers with their counts, in the order in which they joined. */
export function toCounted(release: ReleaseState, matrix: Matrix): readonly CountedCustomer[] {
  const rows = new Map(Object.entries(matrix.customers))
  return release.customers.map((customer) => {
    const address = addressOf(customer)
    const row = rows.get(address) ?? NO_ROW
    return { ...customer, address, counts: countRow(row), failed: findFailed(row, matrix) }
  })
}

/** The release's customers with their steps, in the order in which they joined: all, or those that are wanted. */
export function toCustomers(
  release: ReleaseState,
  matrix: Matrix,
  isWanted: (address: string) => boolean = () => true,
): readonly BoardCustomer[] {
  const rows = new Map(Object.entries(matrix.customers))
  const columns = toColumns(release, matrix)
  return release.customers.flatMap((customer) => {
    const address = addressOf(customer)
    if (!isWanted(address)) return []
    const row = rows.get(address) ?? NO_ROW
    const failed = findFailed(row, matrix)
    return [{ ...customer, address, counts: countRow(row), failed, steps: toSteps(release, row, columns) }]
  })
}

/** Somebody may have marked a step while it ran: then how that ended matters no more. */
function findFailed({ cells, customs, failed = {} }: CustomerRow, { steps }: Matrix): ReadonlyMap<string, FailedRun> {
  const letterOf = (id: string): string | undefined =>
    Object.hasOwn(customs, id) ? customs[id] : cells[steps.findIndex((name) => name === id || name === `-${id}`)]
  const isOpen = ([id, { exit_code: code }]: readonly [string, FailedRun]): boolean => {
    const letter = letterOf(id)
    // Of one that was cut off a person has still to say what is so, whatever was said before it began.
    if (code === null) return letter !== undefined && letter !== NO_COPY
    return letter === LETTERS.pending || letter === LETTERS.reverted
  }
  return new Map(Object.entries(failed).filter(isOpen))
}

/** A step whose run is open. */
export interface OpenStep {
  readonly address: string
  readonly step: string
  readonly run: OpenRun
}

/** Runs of steps that have begun and are not known to have ended. */
export function openStepsOf({ customers }: Matrix): readonly OpenStep[] {
  return Object.entries(customers).flatMap(([address, { begun = {} }]) =>
    Object.entries(begun).map(([step, run]) => ({ address, step, run })),
  )
}

/** Clusters in the order in which their first customers joined. */
export function toClusters<Of extends CountedCustomer>(customers: readonly Of[]): readonly BoardCluster<Of>[] {
  const clusters = Map.groupBy(customers, ({ cluster }) => cluster)
  return [...clusters].map(([name, members]) => ({ name, customers: members, counts: sumOf(members) }))
}

export function sumOf(customers: readonly Pick<CountedCustomer, 'counts'>[]): Counts {
  return customers.map(({ counts }) => counts).reduce(addCounts, NO_COUNTS)
}

/** The counts of a whole release. */
export function countAll({ customers }: Matrix): Counts {
  return Object.values(customers).map(countRow).reduce(addCounts, NO_COUNTS)
}

/** The counts of each cluster, in the order of the matrix. */
export function countClusters({ customers }: Matrix): readonly (readonly [string, Counts])[] {
  const rows = Object.entries(customers).map(([address, row]) => ({ cluster: address.split('/')[0] ?? '', counts: countRow(row) }))
  return [...Map.groupBy(rows, ({ cluster }) => cluster)].map(([cluster, members]) => [cluster, sumOf(members)])
}

interface Column {
  readonly id: string
  /** As the template has it now, so that a pending copy is that of today. */
  readonly returns: number
}

function toColumns(release: ReleaseState, { steps }: Matrix): readonly Column[] {
  const returns = new Map(release.steps.map((step) => [step.id, step.returns]))
  return steps.map((name) => {
    const id = name.replace(/^-/, '')
    return { id, returns: returns.get(id) ?? 0 }
  })
}

/** The copies that a row's letters tell of, placed as the decider places them. */
function toSteps(release: ReleaseState, row: CustomerRow, columns: readonly Column[]): readonly Step[] {
  const overridden = new Set(row.overridden ?? [])
  const standing = columns.flatMap(({ id, returns }, at): readonly (readonly [string, Cell])[] => {
    const cell = toCell(row.cells[at], { returns, is_overridden: overridden.has(id) })
    return cell === undefined ? [] : [[id, cell]]
  })
  const plain = { returns: 0, is_overridden: false }
  // Their ids are numbered as they were added; the document's keys are sorted as words.
  const own = Object.entries(row.customs)
    .map(([id, letter]) => [id, toCell(letter, plain) ?? PENDING] as const)
    .sort(([left], [right]) => left.length - right.length || (left < right ? -1 : 1))
  const cells = Object.fromEntries([...standing, ...own])
  return stepsOf(release, { cells, customs: own.map(([id]) => toCustom(id, row)), customs_added: own.length })
}

const STATUSES: ReadonlyMap<string, StepStatus> = new Map([
  [LETTERS.pending, 'pending'],
  [LETTERS.done, 'done'],
  [LETTERS.skipped, 'skipped'],
  [LETTERS.reverted, 'reverted'],
])

/** undefined: a copy without a record. */
function toCell(letter: string | undefined, flags: Pick<Cell, 'returns' | 'is_overridden'>): Cell | undefined {
  const status = STATUSES.get(letter ?? '')
  if (status === undefined || (status === 'pending' && !flags.is_overridden)) return undefined
  return { ...PENDING, ...flags, status }
}

function toCustom(id: string, { own = {} }: CustomerRow): CustomStep {
  const { name, category, anchor } = (Object.hasOwn(own, id) ? own[id] : undefined) ?? { name: id, category: 'deploy', anchor: null }
  return { id, name, category, anchor, type: 'text', content: { blobs: [], bytes: 0 }, description: '' }
}
