import { isJsonObject, type Json, type JsonObject } from '@switchyard/core'
import type { StepStatus } from '../../model.ts'
import { type Marks, parseMarks } from './marks.ts'

/** A release at a glance: one letter a copy. 200 customers with 50 steps are some 20 KB. */
export type Matrix = {
  /** Ids of the template's steps in their order, those that were removed with a `-` in front. */
  readonly steps: readonly string[]
  readonly customers: Readonly<Record<string, CustomerRow>>
}

export type CustomerRow = Letters & Marks

export type Letters = {
  /** A letter for each step: `.` pending, `d` done, `s` skipped, `r` reverted, a space where there is no copy. */
  readonly cells: string
  /** The same of the customer's own steps, by id. */
  readonly customs: Readonly<Record<string, string>>
}

export const LETTERS = { pending: '.', done: 'd', skipped: 's', reverted: 'r' } as const satisfies Record<StepStatus, string>
export const NO_COPY = ' '

/** A matrix as it was written; what is none of it is left out. */
export function parseMatrix(document: Json | undefined): Matrix {
  const { steps, customers } = parseFrame(document)
  return { steps, customers: Object.fromEntries(Object.entries(customers).map(([address, row]) => [address, parseRow(row)])) }
}

/** Its rows are left as they were written: an event on one customer looks at that one's alone. */
export function parseFrame(document: Json | undefined): { readonly steps: readonly string[]; readonly customers: JsonObject } {
  if (!isJsonObject(document)) return { steps: [], customers: {} }
  const listed: readonly Json[] = Array.isArray(document['steps']) ? document['steps'] : []
  return {
    steps: listed.filter((name) => typeof name === 'string'),
    customers: isJsonObject(document['customers']) ? document['customers'] : {},
  }
}

export function parseRow(row: Json | undefined): CustomerRow {
  return isJsonObject(row) ? { ...parseLetters(row), ...parseMarks(row) } : { cells: '', customs: {} }
}

export function parseLetters(row: Json | undefined): Letters {
  if (!isJsonObject(row)) return { cells: '', customs: {} }
  const { cells, customs } = row
  const own = isJsonObject(customs) ? Object.entries(customs) : []
  return {
    cells: typeof cells === 'string' ? cells : '',
    customs: own.length === 0 ? {} : Object.fromEntries(own.flatMap(([id, letter]) => (typeof letter === 'string' ? [[id, letter]] : []))),
  }
}
