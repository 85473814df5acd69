import { countOf } from '@switchyard/core'
import { LETTERS, type Matrix, NO_COPY } from '../release/views/matrix-document.ts'
import type { ChangedStep, ReleaseField, StepField, TemplateChange } from './compare-release-files.ts'

/** One thing that a change of its file would do to a release that is worked off. */
export interface Foreseen {
  /** undefined: it is about the release itself. */
  readonly step: string | undefined
  /** Plain text that goes on from the step's id. */
  readonly words: string
}

/**
 * What customers' copies would hear of a change, by the rules of a synchronisation; without a matrix it is not said of how many.
 * Source: release contract, "A pushed change of a template".
 */
export function foreseeChange({ added, removed, changed, moved, fields }: TemplateChange, matrix: Matrix | undefined): readonly Foreseen[] {
  const copiesOf = (id: string): Copies | undefined => matrix && countCopies(matrix, id)
  return [
    ...foreseeFields(fields),
    ...added.map(({ id }) => foreseeAddition(id, copiesOf(id))),
    ...changed.map((step) => foreseeWords(step, copiesOf(step.step.id))),
    ...removed.map(({ id }) => foreseeRemoval(id, copiesOf(id))),
    ...moved.map(({ id, from, to }) => ({ step: id, words: from === to ? 'stands elsewhere' : `goes from ${from} to ${to}` })),
  ]
}

const FIELD_WORDS = {
  name: 'name',
  type: 'type',
  versionNumber: 'version',
  releaseDate: 'date',
  description: 'description',
  metadata: 'metadata',
} as const satisfies Record<Exclude<ReleaseField, 'ref'>, string>

function foreseeFields(fields: readonly ReleaseField[]): readonly Foreseen[] {
  const facts = fields.flatMap((field) => (field === 'ref' ? [] : [FIELD_WORDS[field]]))
  return [
    ...(facts.length === 0 ? [] : [{ step: undefined, words: `another ${facts.join(', ')}, on its board and in the list` }]),
    ...(fields.includes('ref')
      ? [{ step: undefined, words: 'another ref, which changes nothing: its commit is settled since it was activated' }]
      : []),
  ]
}

function foreseeAddition(step: string, copies: Copies | undefined): Foreseen {
  return { step, words: copies === undefined ? 'is added' : `is added, pending for ${countOf(copies.absent, 'customer')}` }
}

function foreseeWords({ step, fields }: ChangedStep, copies: Copies | undefined): Foreseen {
  const told = `gets another ${listOf(fields)}`
  if (copies === undefined) return { step: step.id, words: `${told}, where it is pending` }
  const { pending, overridden, carriedOut } = copies
  const stay = [
    ...(carriedOut === 0 ? [] : [`${carriedOut} carried out`]),
    ...(overridden === 0 ? [] : [`${overridden} with content of ${overridden === 1 ? 'its' : 'their'} own`]),
  ]
  const reached = `${told}, in ${pending} pending ${pending === 1 ? 'copy' : 'copies'}`
  return { step: step.id, words: stay.length === 0 ? reached : `${reached}; ${stay.join(' and ')} stay as they are` }
}

function foreseeRemoval(step: string, copies: Copies | undefined): Foreseen {
  if (copies === undefined) return { step, words: 'is removed, where it is pending' }
  const gone = copies.pending + copies.overridden
  const told = `is removed with ${gone} pending ${gone === 1 ? 'copy' : 'copies'}`
  return { step, words: copies.carriedOut === 0 ? told : `${told}; ${copies.carriedOut} carried out stay, without template` }
}

interface Copies {
  /** With the template's words. */
  readonly pending: number
  /** Pending, with content of their own. */
  readonly overridden: number
  /** Done, skipped or reverted. */
  readonly carriedOut: number
  /** Customers without a copy. */
  readonly absent: number
}

function countCopies({ steps, customers }: Matrix, id: string): Copies {
  const at = steps.findIndex((name) => name === id || name === `-${id}`)
  const copies = { pending: 0, overridden: 0, carriedOut: 0, absent: 0 }
  for (const { cells, overridden = [] } of Object.values(customers)) {
    const letter = cells[at] ?? NO_COPY
    if (letter === NO_COPY) copies.absent += 1
    else if (letter !== LETTERS.pending) copies.carriedOut += 1
    else if (overridden.includes(id)) copies.overridden += 1
    else copies.pending += 1
  }
  return copies
}

function listOf(fields: readonly StepField[]): string {
  return fields.length < 2 ? fields.join() : `${fields.slice(0, -1).join(', ')} and ${fields.at(-1) ?? ''}`
}
