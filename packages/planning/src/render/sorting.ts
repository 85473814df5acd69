import { clipCode } from '@switchyard/core'
import type { SortingChange } from '../tree/model.ts'

/** What labels, milestone and assignees become, in few words. Names stand as code: nobody is told by it. */
export function saySorting({ add, remove, milestone }: SortingChange): string {
  const said = [
    sayNames('labels', add.labels, remove.labels),
    milestone === undefined ? '' : sayMilestone(milestone),
    sayNames('assignees', add.assignees, remove.assignees),
  ]
  return said.filter((part) => part !== '').join('; ')
}

function sayNames(what: string, added: readonly string[], removed: readonly string[]): string {
  const names = [...added.map((name) => `+ ${clipCode(name, 60)}`), ...removed.map((name) => `− ${clipCode(name, 60)}`)]
  return names.length === 0 ? '' : `${what} ${names.join(', ')}`
}

function sayMilestone({ from, to }: NonNullable<SortingChange['milestone']>): string {
  if (to === undefined) return from === undefined ? '' : `no milestone ${clipCode(from, 60)} any more`
  return `milestone ${clipCode(to, 60)}${from === undefined ? '' : ` in place of ${clipCode(from, 60)}`}`
}
