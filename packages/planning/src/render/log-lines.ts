import { countOf } from '@switchyard/core'
import type { LogEntry } from '../idea/views/log.ts'

/** What an entry of an idea's log says, in a few words; not yet escaped. */
export function sayLogEntry({ type, facts, to }: Pick<LogEntry, 'type' | 'facts' | 'to'>): string {
  const said = sayEvent(type, facts)
  return to === undefined ? said : `${said} → ${to}`
}

function sayEvent(type: string, facts: LogEntry['facts']): string {
  const count = (name: string): number => Number(facts[name] ?? 0)
  const word = (name: string): string => {
    const value = facts[name]
    return typeof value === 'string' ? value : ''
  }
  switch (type) {
    case 'plan.uploaded': {
      const superseded = count('superseded_rounds') > 0 ? ', the review before it counts no more' : ''
      return `NOTE: uploaded a plan of ${countOf(count('length'), 'character')} from ${word('from_status')}${superseded}`
    }
    case 'plan.review-resulted':
      return `PLAN_REVIEW_RESULT: round ${count('round')}, ${word('verdict')}, ${countOf(count('findings'), 'finding')}`
    case 'plan.grill-started':
      return 'began to grill the idea'
    case 'plan.grill-finished':
      return 'ended the grilling'
    case 'plan.planning-started':
      return 'began to plan'
    case 'plan.planning-failed':
      return 'said that planning failed'
    case 'plan.review-started':
      return 'began a review'
    case 'plan.cancelled':
      return word('left') === '' ? 'took it back' : `let go of the issues in ${word('left')}`
    case 'plan.materialise-begun':
      return `began to make ${countOf(count('items'), 'issue')}`
    case 'plan.sync-begun':
      return 'confirmed a changed plan'
    case 'plan.followed':
      return `followed the plan to ${word('path') === '' ? 'the issue’s text' : word('path')}`
    case 'plan.converged':
      return `made ${countOf(count('created'), 'issue')} and changed ${count('changed')}`
    case 'plan.converge-handed-over':
      return `went on with another token, of ${word('writer')}`
    case 'plan.converge-failed':
      return `could not make all issues (${word('code')})`
    case 'plan.item-closed':
      return facts['is_gone'] === true ? `found #${count('number')} gone` : `closed #${count('number')}`
    case 'plan.item-reopened':
      return `opened #${count('number')} again`
    default:
      return type
  }
}
