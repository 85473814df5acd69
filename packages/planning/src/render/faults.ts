import { clipWords, countOf, type Fault, fitTable, inlineCode, joinParts } from '@switchyard/core'
import { MAX_BODY } from './limits.ts'

const MAX_SHOWN = 100
const MAX_MESSAGE = 500

export interface FaultsInput {
  readonly faults: readonly Fault[]
  /** The address of a line of the plan, where it has one. */
  readonly lineUrl?: (line: number) => string
}

/** A plan that was refused: everything that is wrong with it, from its top to its end, and that nothing was saved. At most 60,000 units. */
export function renderRefusedPlan(input: FaultsInput): string {
  const errors = input.faults.filter(({ severity }) => severity === 'error')
  const head = `### ❌ The plan was not saved: ${countOf(errors.length, 'problem')}`
  const next = 'Mend them and upload the plan again. Nothing of it was kept, and the idea stays where it was.'
  return joinParts([head, renderFaults(input, MAX_BODY - head.length - next.length - 100), next])
}

/** Faults as a table, at most 100 rows. */
export function renderFaults({ faults, lineUrl }: FaultsInput, max: number): string {
  const rows = faults
    .slice(0, MAX_SHOWN)
    .map(({ code, message, place, hint, severity }) => [
      place === undefined ? '—' : lineOf(place.line, lineUrl),
      place === undefined ? '—' : String(place.column),
      `${severity === 'warning' ? '⚠️ ' : ''}${clipWords(message, MAX_MESSAGE)}`,
      hint === undefined ? '' : clipWords(hint, MAX_MESSAGE),
      inlineCode(code),
    ])
  const more = faults.length - rows.length
  return joinParts([
    fitTable({ head: ['Line', 'Column', 'What is wrong', 'What to do', 'Code'], rows, max: max - 100 }),
    more > 0 ? `and ${more} more: mend these first.` : '',
  ])
}

function lineOf(line: number, lineUrl: FaultsInput['lineUrl']): string {
  const url = lineUrl?.(line)
  return url === undefined || !/^https?:\/\/[^\s<>()|]+$/.test(url) ? String(line) : `[${line}](${url})`
}
