import { isDeepStrictEqual } from 'node:util'
import { sha256 } from '@switchyard/core'
import {
  type CommentCursor,
  addressOf,
  type Anchor,
  type Category,
  type FileFacts,
  type StepStatus,
  type TemplateStep,
} from '../src/index.ts'
import type { Command, ReleaseCommand, StepCommand, TickBox } from '../src/release/command.ts'

export interface Row {
  id: string
  category: Category
  name: string
  type: string
  content: string
  description: string
  status: StepStatus
  custom: boolean
  overridden: boolean
  hasTemplate: boolean
  anchor: Anchor | null
  /** -1: some time. */
  executedAt: number | null
  executedBy: string | null
  reason: string | null
  notes: string | null
  lastExit: number | null
  /** Whether a run has begun, and nobody has said since what came of it. */
  begun: boolean
}

/** What became of a command. */
export type Verdict = 'refused' | 'same' | 'changed'

/** The seed's own way: every customer has a row for every step, copied when it joins. Slow, large, and easy to believe. */
export class NaiveRelease {
  status: 'draft' | 'active' | 'archived' = 'draft'
  template: readonly TemplateStep[] = []
  facts: FileFacts | undefined
  board: { readonly issue: number; readonly pages: readonly number[] } | null = null
  readonly cursors = new Map<number, CommentCursor>()
  readonly approved = new Set<string>()
  readonly rows = new Map<string, Row[]>()
  /** What happened to each customer, step by step. */
  readonly history = new Map<string, (readonly [step: string, what: string])[]>()
  readonly #customs = new Map<string, number>()
  /** The latest click on each box. */
  readonly #clicks = new Map<string, number>()

  applyToRelease(command: ReleaseCommand): Verdict {
    switch (command.kind) {
      case 'activate':
        if (this.status !== 'draft' || command.customers.length === 0) return 'refused'
        this.status = 'active'
        this.facts = command.facts
        this.template = command.steps
        for (const customer of command.customers) this.#join(addressOf(customer))
        return 'changed'
      case 'add-customers': {
        const fresh = command.customers.map(addressOf).filter((address) => !this.rows.has(address))
        if (this.status !== 'active' || fresh.length === 0) return 'refused'
        for (const address of fresh) this.#join(address)
        return 'changed'
      }
      case 'archive':
        if (this.status === 'archived') return 'refused'
        this.status = 'archived'
        return 'changed'
      case 'sync-template':
        if (this.status !== 'active') return 'refused'
        if (JSON.stringify(this.template) === JSON.stringify(command.steps)) return 'same'
        for (const rows of this.rows.values()) syncRows(rows, command.steps)
        this.template = command.steps
        return 'changed'
      case 'sync-facts': {
        if (this.status !== 'active') return 'refused'
        const isSame = Object.entries(command.facts).every(([fact, now]) => isDeepStrictEqual(now, this.facts?.[fact as keyof FileFacts]))
        this.facts = { ...this.facts, ...command.facts }
        return isSame ? 'same' : 'changed'
      }
      case 'board-made':
        if (this.status === 'draft') return 'refused'
        this.board = { issue: command.issue, pages: command.pages }
        return 'changed'
      case 'handle-comments':
        if (this.status === 'draft') return 'refused'
        // All of one second here: the later one has the larger number.
        if (command.cursor.id > (this.cursors.get(command.issue)?.id ?? -1)) this.cursors.set(command.issue, command.cursor)
        return 'changed'
      case 'claim':
        return this.status === 'draft' ? 'refused' : 'changed'
      case 'approve-content':
        return this.#approve(command)
      case 'withdraw-approval': {
        const { environments, sha256: hash } = command
        const isTheirs = (environment: string, one: string): boolean => one.startsWith(`${environment} `) && one.endsWith(` ${hash}`)
        if (!environments.every((environment) => [...this.approved].some((one) => isTheirs(environment, one)))) return 'refused'
        for (const one of this.approved) if (environments.some((environment) => isTheirs(environment, one))) this.approved.delete(one)
        return 'changed'
      }
    }
  }

  #approve({ step, sha256: hash, customers }: Extract<Command, { kind: 'approve-content' }>): Verdict {
    const read = customers.map((customer) => this.rows.get(addressOf(customer))?.find(({ id }) => id === step))
    const isRead = read.every((row) => row !== undefined && row.type !== 'text' && sha256(row.content) === hash)
    if (this.status !== 'active' || !isRead) return 'refused'
    const known = this.approved.size
    for (const [at, { environment }] of customers.entries()) this.approved.add(`${environment} ${read[at]?.type} ${hash}`)
    return this.approved.size > known ? 'changed' : 'same'
  }

  applyToCustomer(address: string, command: StepCommand, login: string): Verdict {
    const rows = this.rows.get(address)
    const isEnd = command.kind === 'record-run' || command.kind === 'drop-run' || command.kind === 'lose-run'
    if (rows === undefined || (this.status !== 'active' && !isEnd)) return 'refused'
    if (command.kind === 'add-custom') return this.#addCustom(address, command, rows)
    if (command.kind === 'import-cells') return this.#import(address, command, rows)
    const row = rows.find(({ id }) => id === command.step)
    if (row === undefined) return 'refused'
    const said = command.kind === 'tick' ? this.#tick(address, row, { command, login }) : this.#change(row, { command, rows, login })
    if (typeof said === 'string') return said
    for (const what of said) this.#note(address, command.step, what)
    return 'changed'
  }

  #join(address: string): void {
    this.rows.set(address, this.template.map(copyOf))
  }

  #addCustom(address: string, command: Extract<Command, { kind: 'add-custom' }>, rows: Row[]): Verdict {
    const { category, type, name, content, anchor } = command
    if (isBlank(name) || isBlank(content) || !isAnchor(anchor, { category, rows, id: undefined })) return 'refused'
    const count = (this.#customs.get(address) ?? 0) + 1
    this.#customs.set(address, count)
    const id = `custom-${count}`
    rows.push({ ...copyOf({ id, category, type, name, content, description: '' }), custom: true, hasTemplate: false, anchor })
    this.#note(address, id, 'added')
    return 'changed'
  }

  /** What the history says of a click: the latest of a box counts, whenever it is read. */
  #tick(address: string, row: Row, { command, login }: { readonly command: TickBox; readonly login: string }): readonly string[] | 'same' {
    const { checked, edited } = command
    const order = edited.at * 1_000 + edited.run
    if (order < (this.#clicks.get(`${address} ${row.id}`) ?? 0)) return 'same'
    this.#clicks.set(`${address} ${row.id}`, order)
    if (checked === (row.status === 'done')) return []
    const now = { executedAt: -1, executedBy: login, notes: null }
    Object.assign(row, checked ? { ...now, begun: false, status: 'done', reason: null } : { ...now, begun: false, status: 'reverted' })
    return [checked ? 'done' : 'reverted']
  }

  /** What the history says of it, or why it says nothing. */
  #change(row: Row, { command, rows, login }: Asked): readonly string[] | 'refused' | 'same' {
    const now = { executedAt: -1, executedBy: login }
    switch (command.kind) {
      case 'done':
        if (row.status === 'done') return 'same'
        Object.assign(row, { ...now, begun: false, status: 'done', reason: null, notes: command.notes })
        return ['done']
      case 'skip':
        if (row.status === 'skipped' && !row.begun) return 'same'
        if (row.status === 'done' || command.reason.trim() === '') return 'refused'
        Object.assign(row, { ...now, begun: false, status: 'skipped', reason: command.reason })
        return ['skipped']
      case 'revert':
        if (row.status === 'reverted' && !row.begun) return 'same'
        if (row.status === 'pending' && !row.begun) return 'refused'
        Object.assign(row, { ...now, begun: false, status: 'reverted', notes: command.reason })
        return ['reverted']
      case 'override':
        if (row.status === 'done' || row.custom || isBlank(command.content)) return 'refused'
        return change(row, { overridden: true, content: command.content }) ? ['overridden'] : 'same'
      case 'reset':
        return this.#reset(row)
      case 'remove-custom':
        if (!row.custom) return 'refused'
        rows.splice(rows.indexOf(row), 1)
        return ['removed']
      case 'edit-custom': {
        const { name, type, content, anchor } = command
        if (!row.custom || row.status === 'done' || isBlank(name) || isBlank(content)) return 'refused'
        if (!isAnchor(anchor, { category: row.category, rows, id: row.id })) return 'refused'
        const wanted = {
          name: name ?? row.name,
          type: type ?? row.type,
          content: content ?? row.content,
          anchor: anchor ?? row.anchor,
        }
        return change(row, wanted) ? ['edited'] : 'same'
      }
      case 'ask-run':
        return row.status === 'done' || row.begun ? 'refused' : ['run-asked']
      case 'begin-run':
        if (row.status === 'done' || row.begun || row.type !== command.type || sha256(row.content) !== command.sha256) return 'refused'
        row.begun = true
        return ['run-begun']
      case 'drop-run':
        if (!row.begun) return 'same'
        row.begun = false
        return ['run-dropped']
      case 'lose-run':
        // All of one run here.
        return row.begun && command.run_id === 1 && command.run_attempt === 1 ? ['run-lost'] : 'same'
      case 'record-run': {
        row.lastExit = command.exit_code
        row.begun = false
        if (command.exit_code !== 0 || row.status === 'done' || this.status !== 'active') return ['ran']
        Object.assign(row, { ...now, status: 'done', reason: null, notes: null })
        return ['ran', 'done']
      }
    }
  }

  #reset(row: Row): readonly string[] | 'refused' | 'same' {
    const template = row.custom ? undefined : this.template.find(({ id }) => id === row.id)
    if (template === undefined || row.status === 'done') return 'refused'
    const { name, type, content, description } = template
    return change(row, { overridden: false, begun: false, name, type, content, description }) ? ['reset'] : 'same'
  }

  /** All rows, or none. */
  #import(address: string, { cells }: Extract<Command, { kind: 'import-cells' }>, rows: readonly Row[]): Verdict {
    const found = cells.map((cell) => ({ cell, row: rows.find(({ id }) => id === cell.step) }))
    const isSame = ({ cell, row }: (typeof found)[number]): boolean =>
      row?.status === cell.status &&
      (cell.executed_at === null || cell.executed_at === row.executedAt) &&
      (cell.executed_by === null || cell.executed_by === row.executedBy) &&
      (cell.reason === null || cell.reason === row.reason) &&
      (cell.notes === null || cell.notes === row.notes)
    const fresh = found.filter((each) => !isSame(each))
    const isFilling = ({ cell, row }: (typeof found)[number]): boolean =>
      row?.status === 'pending' && cell.status !== 'pending' && (cell.status !== 'skipped' || cell.reason !== null)
    if (!fresh.every(isFilling)) return 'refused'
    for (const { cell, row } of fresh) {
      const { status, executed_at: executedAt, executed_by: executedBy, reason, notes } = cell
      if (row) Object.assign(row, { begun: false, status, executedAt, executedBy, reason, notes })
      this.#note(address, cell.step, `imported as ${status}`)
    }
    return fresh.length === 0 ? 'same' : 'changed'
  }

  #note(address: string, step: string, what: string): void {
    this.history.set(address, [...(this.history.get(address) ?? []), [step, what]])
  }
}

interface Asked {
  readonly command: Exclude<StepCommand, { kind: 'add-custom' | 'import-cells' | 'tick' }>
  readonly rows: Row[]
  readonly login: string
}

/** False where everything is so already. */
function change(row: Row, wanted: Partial<Row>): boolean {
  const before = JSON.stringify(row)
  Object.assign(row, wanted)
  return JSON.stringify(row) !== before
}

function isBlank(text: string | null): boolean {
  return text !== null && text.trim() === ''
}

interface Placed {
  readonly category: Category
  readonly rows: readonly Row[]
  readonly id: string | undefined
}

/** A row of the same category, which does not hang on the row of this id by however many others. */
function isAnchor(anchor: Anchor | null, { category, rows, id }: Placed): boolean {
  if (anchor === null) return true
  const beside = rows.find((row) => row.id === anchor.step)
  if (beside?.category !== category) return false
  for (let at: Row | undefined = beside, hops = 0; at !== undefined && hops <= rows.length; hops += 1) {
    if (at.id === id) return false
    const next: string | undefined = at.anchor?.step
    at = rows.find((row) => row.id === next)
  }
  return true
}

/** Pending copies go with their template, and follow it while it stands. */
function syncRows(rows: Row[], steps: readonly TemplateStep[]): void {
  const kept = rows.filter((row) => row.custom || row.status !== 'pending' || steps.some(({ id }) => id === row.id))
  for (const row of kept.filter(({ custom }) => !custom)) {
    const now = steps.find(({ id }) => id === row.id)
    row.hasTemplate = now !== undefined
    if (now === undefined) continue
    // Where a step stands is the template's to say, whatever became of the copy.
    row.category = now.category
    const { name, type, content, description } = now
    if (row.status === 'pending' && !row.overridden) Object.assign(row, { name, type, content, description })
  }
  const fresh = steps.filter(({ id }) => !kept.some((row) => row.id === id)).map(copyOf)
  rows.splice(0, rows.length, ...kept, ...fresh)
}

function copyOf({ id, category, name, type, content, description }: TemplateStep): Row {
  return {
    id,
    category,
    name,
    type,
    content,
    description,
    status: 'pending',
    custom: false,
    overridden: false,
    hasTemplate: true,
    anchor: null,
    executedAt: null,
    executedBy: null,
    reason: null,
    notes: null,
    lastExit: null,
    begun: false,
  }
}
