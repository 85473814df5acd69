import { countOf } from '@switchyard/core'
import type { PlanEvent } from '../idea/records/events.ts'
import type { LogEntry } from '../idea/views/log.ts'

/** What an entry of an idea's log says, in a few words; not yet escaped. Of a type that is not known here, its name. */
export function sayLogEntry({ type, facts, to }: Pick<LogEntry, 'type' | 'facts' | 'to'>): string {
  const said = isKnown(type) ? SAID[type](toReading(facts)) : type
  return to === undefined ? said : `${said} → ${to}`
}

/** The facts of an entry, which is a document: whatever is not as it was written counts as 0 or as no word. */
interface Reading {
  count(name: string): number
  word(name: string): string
  is(name: string): boolean
}

function toReading(facts: LogEntry['facts']): Reading {
  return {
    count: (name) => Number(facts[name] ?? 0),
    word: (name) => {
      const value = facts[name]
      return typeof value === 'string' ? value : ''
    },
    is: (name) => facts[name] === true,
  }
}

const SAID: Readonly<Record<PlanEvent['type'], (facts: Reading) => string>> = {
  'plan.uploaded': ({ count, word }) => {
    const superseded = count('superseded_rounds') > 0 ? ', the review before it counts no more' : ''
    return `NOTE: uploaded a plan of ${countOf(count('length'), 'character')} from ${word('from_status')}${superseded}`
  },
  'plan.review-resulted': ({ count, word }) =>
    `PLAN_REVIEW_RESULT: round ${count('round')}, ${word('verdict')}, ${countOf(count('findings'), 'finding')}`,
  'plan.grill-started': () => 'began to grill the idea',
  'plan.grill-finished': () => 'ended the grilling',
  'plan.planning-started': () => 'began to plan',
  'plan.planning-failed': () => 'said that planning failed',
  'plan.review-started': () => 'began a review',
  'plan.cancelled': ({ word }) => (word('left') === '' ? 'took it back' : `let go of the issues in ${word('left')}`),
  'plan.materialise-begun': ({ count }) => `began to make ${countOf(count('items'), 'issue')}`,
  'plan.sync-begun': () => 'confirmed a changed plan',
  'plan.followed': ({ word }) => `followed the plan to ${word('path') === '' ? 'the issue’s text' : word('path')}`,
  'plan.converged': ({ count }) => `made ${countOf(count('created'), 'issue')} and changed ${count('changed')}`,
  'plan.converge-handed-over': ({ word }) => `went on with another token, of ${word('writer')}`,
  'plan.converge-failed': ({ word }) => `could not make all issues (${word('code')})`,
  'plan.item-closed': ({ count, is }) => (is('is_gone') ? `found #${count('number')} gone` : `closed #${count('number')}`),
  'plan.item-reopened': ({ count }) => `opened #${count('number')} again`,
}

function isKnown(type: string): type is PlanEvent['type'] {
  return Object.hasOwn(SAID, type)
}
