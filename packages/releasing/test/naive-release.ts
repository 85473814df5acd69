import { sha256 } from '@switchyard/core'
import type { Category, StepStatus, TemplateStep } from '../src/model.ts'
import type { Command } from '../src/release/command.ts'
import type { FileFacts } from '../src/release/records/parts.ts'

export interface Row {
  id: string
  category: Category
  name: string
  content: string
  status: StepStatus
  custom: boolean
  overridden: boolean
  hasTemplate: boolean
  /** As far as an import compares it; -1: some time. */
  executedAt: number | null
  reason: string | null
}

/** The seed's own way: every customer has a row for every step, copied when it joins. Slow, large, and easy to believe. */
export class NaiveRelease {
  status: 'draft' | 'active' | 'archived' = 'draft'
  template: TemplateStep[] = []
  facts: FileFacts | undefined
  readonly rows = new Map<string, Row[]>()
  readonly history = new Map<string, number>()
  readonly #customs = new Map<string, number>()

  /** Whether it is allowed and changes anything is told by the rows. */
  apply(address: string | undefined, command: Command): void {
    if (address === undefined) this.#applyToRelease(command)
    else this.#applyToCustomer(address, command)
  }

  #applyToRelease(command: Command): void {
    if (command.kind === 'activate' && this.status === 'draft' && command.customers.length > 0) {
      this.status = 'active'
      this.facts = command.facts
      this.template = [...command.steps]
      for (const { cluster, namespace } of command.customers) this.#join(`${cluster}/${namespace}`)
    }
    if (command.kind === 'add-customers' && this.status === 'active') {
      for (const { cluster, namespace } of command.customers) {
        if (!this.rows.has(`${cluster}/${namespace}`)) this.#join(`${cluster}/${namespace}`)
      }
    }
    if (command.kind === 'archive' && this.status !== 'archived') this.status = 'archived'
    if (command.kind === 'sync-facts' && this.status === 'active') this.facts = { ...this.facts, ...command.facts }
    if (command.kind === 'sync-template' && this.status === 'active') this.#sync(command.steps)
  }

  #join(address: string): void {
    this.rows.set(
      address,
      this.template.map((step) => copyOf(step)),
    )
  }

  #sync(steps: readonly TemplateStep[]): void {
    for (const [address, rows] of this.rows) {
      const kept = rows.filter((row) => row.custom || row.status !== 'pending' || steps.some(({ id }) => id === row.id))
      for (const row of kept) {
        if (row.custom) continue
        const now = steps.find(({ id }) => id === row.id)
        row.hasTemplate = now !== undefined
        // Where a step stands is the template's to say, whatever became of the copy.
        if (now) row.category = now.category
        if (now && row.status === 'pending' && !row.overridden) Object.assign(row, { name: now.name, content: now.content })
      }
      for (const step of steps) if (!kept.some(({ id }) => id === step.id)) kept.push(copyOf(step))
      this.rows.set(address, kept)
    }
    this.template = [...steps]
  }

  #applyToCustomer(address: string, command: Command): void {
    const rows = this.rows.get(address)
    if (rows === undefined || this.status !== 'active') return
    if (command.kind === 'add-custom') {
      const { category, name, content, anchor } = command
      if (anchor !== null && !rows.some((row) => row.id === anchor.step)) return
      const count = (this.#customs.get(address) ?? 0) + 1
      this.#customs.set(address, count)
      const id = `custom-${count}`
      rows.push({
        id,
        category,
        name,
        content,
        status: 'pending',
        custom: true,
        overridden: false,
        hasTemplate: false,
        executedAt: null,
        reason: null,
      })
      this.#note(address)
      return
    }
    if (command.kind === 'import-cells') return this.#import(address, command, rows)
    const row = 'step' in command ? rows.find(({ id }) => id === command.step) : undefined
    if (row && this.#change(row, command, rows)) this.#note(address)
  }

  #change(row: Row, command: Command, rows: Row[]): boolean {
    switch (command.kind) {
      case 'done':
        return row.status !== 'done' && set(row, { status: 'done', executedAt: -1, reason: null })
      case 'skip':
        return (
          (row.status === 'pending' || row.status === 'reverted') &&
          command.reason.trim() !== '' &&
          set(row, { status: 'skipped', executedAt: -1, reason: command.reason })
        )
      case 'revert':
        return (row.status === 'done' || row.status === 'skipped') && set(row, { status: 'reverted', executedAt: -1 })
      case 'override':
        return row.status !== 'done' && !row.custom && set(row, { overridden: true, content: command.content })
      case 'reset': {
        const now = this.template.find(({ id }) => id === row.id)
        return (
          now !== undefined &&
          !row.custom &&
          (row.overridden || row.status !== 'pending') &&
          set(row, { overridden: false, name: now.name, content: now.content })
        )
      }
      case 'remove-custom':
        return row.custom && rows.splice(rows.indexOf(row), 1).length > 0
      case 'edit-custom':
        return row.custom && row.status !== 'done' && set(row, { name: command.name ?? row.name, content: command.content ?? row.content })
      default:
        return false
    }
  }

  /** All rows, or none. */
  #import(address: string, { cells }: Extract<Command, { kind: 'import-cells' }>, rows: readonly Row[]): void {
    const found = cells.map((cell) => ({ cell, row: rows.find(({ id }) => id === cell.step) }))
    const isSame = ({ cell, row }: (typeof found)[number]): boolean =>
      row?.status === cell.status &&
      (cell.executed_at === null || cell.executed_at === row.executedAt) &&
      (cell.reason === null || cell.reason === row.reason)
    const fresh = found.filter((each) => !isSame(each))
    if (
      !fresh.every(
        ({ cell, row }) => row?.status === 'pending' && cell.status !== 'pending' && (cell.status !== 'skipped' || cell.reason !== null),
      )
    ) {
      return
    }
    for (const { cell, row } of fresh) {
      if (row) Object.assign(row, { status: cell.status, executedAt: cell.executed_at, reason: cell.reason })
      this.#note(address)
    }
  }

  #note(address: string): void {
    this.history.set(address, (this.history.get(address) ?? 0) + 1)
  }
}

function copyOf({ id, category, name, content }: TemplateStep): Row {
  return {
    id,
    category,
    name,
    content,
    status: 'pending',
    custom: false,
    overridden: false,
    hasTemplate: true,
    executedAt: null,
    reason: null,
  }
}

function set(row: Row, change: Partial<Row>): boolean {
  Object.assign(row, change)
  return true
}

/** How a text is known in the ledger. */
export function hashOfText(text: string): string {
  return sha256(text)
}
