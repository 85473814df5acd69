import { isJsonObject, type Json, sha256 } from '@switchyard/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NEW_CUSTOMER, type Step, stepsOf } from '../src/release/find-step.ts'
import type { ReleaseState } from '../src/release/records/state.ts'
import { customerSubject, releaseSubject } from '../src/release/subjects.ts'
import { parseHistory } from '../src/release/views/history.ts'
import { LETTERS, parseMatrix } from '../src/release/views/matrix-document.ts'
import { countRow, wholePercent } from '../src/release/views/progress.ts'
import { NaiveRelease, type Row, type Verdict } from './naive-release.ts'
import { type Move, moves } from './random-commands.ts'
import { customerOf, SLUG, Stage } from './release-stage.ts'

/** The same on both; each must say the same of it. */
function play(stage: Stage, naive: NaiveRelease, move: Move): void {
  const verdictOf = (address: string | undefined): Verdict => {
    const before = stage.events.length
    const refused = stage.ask(address, move.command, move.on === 'release' ? undefined : move.login)
    return refused ? 'refused' : stage.events.length > before ? 'changed' : 'same'
  }
  if (move.on === 'release') return expect(verdictOf(undefined)).toBe(naive.applyToRelease(move.command))
  for (const address of move.on) expect(verdictOf(address)).toBe(naive.applyToCustomer(address, move.command, move.login))
}

function expectSame(stage: Stage, naive: NaiveRelease): void {
  const { release } = stage.state(releaseSubject(SLUG))
  expect(release?.status ?? 'draft').toBe(naive.status)
  if (naive.facts !== undefined) {
    const { name, type, version_number } = naive.facts
    expect(release).toMatchObject(naive.facts)
    expect(entriesOf(stage.documents.get('releases'))).toMatchObject([{ slug: SLUG, name, type, version_number }])
  }
  expect(entriesOf(stage.documents.get('releases')).map(({ slug, status }) => [slug, status])).toEqual(Object.entries(stage.index.slugs))
  if (release === null) return
  const matrix = parseMatrix(stage.documents.get(`matrix/${SLUG}`))
  expect(Object.keys(matrix.customers).sort()).toEqual([...naive.rows.keys()].sort())
  for (const [address, rows] of naive.rows) {
    const customer = stage.state(customerSubject(SLUG, customerOf(address))).customer ?? NEW_CUSTOMER
    const steps = stepsOf(release, customer)
    expect(steps.map(factsOf).sort(byId)).toEqual(rows.map(rowFactsOf).sort(byId))
    expectOrder(steps, { release, rows })
    const { cells = '', customs = {} } = matrix.customers[address] ?? {}
    const letters = new Map(matrix.steps.map((name, at) => [name.replace(/^-/, ''), cells[at]]))
    expect(rows.map(({ id, custom }) => (custom ? customs[id] : letters.get(id)))).toEqual(rows.map(({ status }) => LETTERS[status]))
    expect(countRow({ cells, customs }).total).toBe(rows.length)
    const entries = parseHistory(stage.documents.get(`history/${address}`)).entries.filter(isJsonObject)
    expect(entries.map(({ step, what }) => [step, what])).toEqual(naive.history.get(address) ?? [])
  }
  expectProgress(stage.documents.get(`progress/${SLUG}`), naive)
}

function expectRelease(release: ReleaseState | null, naive: NaiveRelease): void {
  if (release === null) return
  const approved = Object.entries(release.approved).flatMap(([environment, known]) =>
    known.map(({ type, sha256: hash }) => `${environment} ${type} ${hash}`),
  )
  expect({ board: release.board, cursors: release.cursors, approved: approved.sort() }).toEqual({
    board: naive.board,
    cursors: Object.fromEntries(naive.cursors),
    approved: [...naive.approved].sort(),
  })
}

function factsOf({ id, category, status, text, source, hasTemplate, cell, begun }: Step) {
  return {
    id,
    category,
    name: text.name,
    type: text.type,
    content: text.content.blobs[0],
    description: text.description,
    status,
    custom: source === 'custom',
    overridden: source === 'overridden',
    hasTemplate,
    executedAt: cell?.executed_at === undefined || cell.executed_at === null || cell.executed_at === 7 ? (cell?.executed_at ?? null) : -1,
    executedBy: cell?.executed_by ?? null,
    reason: cell?.skip_reason ?? null,
    notes: cell?.notes ?? null,
    lastExit: cell?.last_run?.exit_code ?? null,
    begun: begun !== undefined,
  }
}

function rowFactsOf({ anchor: _, ...row }: Row) {
  return { ...row, content: sha256(row.content) }
}

/** What the contract says of the order, without saying how it is found. */
function expectOrder(steps: readonly Step[], { release, rows }: { readonly release: ReleaseState; readonly rows: readonly Row[] }): void {
  const at = new Map(steps.map(({ id }, place) => [id, place]))
  const placeOf = (id: string): number => at.get(id) ?? Number.NaN
  const categories = steps.map(({ category }) => category)
  expect(categories).toEqual(categories.toSorted())
  const standing = release.steps.filter(({ removed }) => !removed).map(({ id }) => id)
  expect(steps.flatMap(({ id }) => (standing.includes(id) ? [id] : []))).toEqual(standing)
  const isOwn = new Map(rows.map(({ id, custom }) => [id, custom]))
  for (const { id, category, anchor, custom } of rows) {
    if (!custom) continue
    const beside = anchor === null ? undefined : rows.find((row) => row.id === anchor.step && row.category === category)
    expect(isInCircle(rows, id)).toBe(false)
    if (beside === undefined) continue
    const isBehind = placeOf(id) > placeOf(beside.id)
    expect(isBehind).toBe(anchor?.position === 'after')
    const between = steps.slice(Math.min(placeOf(id), placeOf(beside.id)) + 1, Math.max(placeOf(id), placeOf(beside.id)))
    expect(between.every((step) => isOwn.get(step.id))).toBe(true)
  }
}

/** Whether a step of a customer's own stands, by way of others, beside itself. */
function isInCircle(rows: readonly Row[], start: string): boolean {
  const seen = new Set<string>()
  for (let id: string | undefined = start; id !== undefined && !seen.has(id);) {
    seen.add(id)
    id = rows.find((row) => row.id === id)?.anchor?.step
    if (id !== undefined && seen.has(id)) return true
  }
  return false
}

function expectProgress(document: Json | undefined, { rows, status, template }: NaiveRelease): void {
  if (status === 'draft' || (rows.size === 0 && template.length === 0)) return
  const counted = (of: readonly Row[]) => {
    const count = (wanted: Row['status']): number => of.filter(({ status: is }) => is === wanted).length
    const counts = {
      done: count('done'),
      skipped: count('skipped'),
      reverted: count('reverted'),
      pending: count('pending'),
      total: of.length,
    }
    return { ...counts, percent: of.length === 0 ? null : Math.round(((counts.done + counts.skipped) / of.length) * 100) }
  }
  const clusters = Map.groupBy(rows, ([address]) => address.split('/')[0] ?? '')
  expect(document).toEqual({
    all: counted([...rows.values()].flat()),
    clusters: Object.fromEntries([...clusters].map(([name, of]) => [name, counted(of.flatMap(([, each]) => each))])),
    customers: Object.fromEntries([...rows].map(([address, of]) => [address, counted(of)])),
  })
}

function entriesOf(document: Json | undefined) {
  return isJsonObject(document) && Array.isArray(document['entries']) ? document['entries'].filter(isJsonObject) : []
}

function byId(left: { readonly id: string }, right: { readonly id: string }): number {
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0
}

it('whatever is commanded, verdicts, states, matrix, progress and history are those of a release that copies every row', () => {
  fc.assert(
    fc.property(moves, (sequence) => {
      const stage = new Stage()
      const naive = new NaiveRelease()
      for (const move of sequence) play(stage, naive, move)
      expect(stage.index.slugs).toEqual(naive.status === 'draft' ? {} : { [SLUG]: naive.status })
      expectSame(stage, naive)
      expectRelease(stage.state(releaseSubject(SLUG)).release, naive)
    }),
    { numRuns: 3_000 },
  )
})

it('no steps are no per cent', () => {
  expect(wholePercent({ done: 0, skipped: 0, reverted: 0, pending: 0, total: 0 })).toBeUndefined()
})
