import { UserError } from '@switchyard/core'
import type { SeenIssue, TreeChange } from '@switchyard/planning'
import type { Making } from './making.ts'
import type { Observed } from './observe-items.ts'

type Link = Extract<TreeChange, { kind: 'link' | 'unlink' }>

/**
 * What waits for what, when all issues are there. What is linked already counts as linked, and is not sent again: whoever goes on with
 * a thousand links begins where the one before stopped.
 */
export async function linkItems(making: Making, changes: readonly TreeChange[], seen: readonly Observed[]): Promise<void> {
  const blockers = new Map(seen.map(({ number, blockedBy }) => [number, blockedBy]))
  const isThere = ({ key, blocker }: Link): boolean => {
    const [issue, by] = [making.there.get(key)?.number, making.there.get(blocker)?.number]
    return issue !== undefined && by !== undefined && blockers.get(issue)?.includes(by) === true
  }
  const wanted = changes.filter((change): change is Link => change.kind === 'link' || change.kind === 'unlink')
  const {
    there = [],
    link = [],
    unlink = [],
  } = Object.groupBy(wanted, (each) => (each.kind === 'link' && isThere(each) ? 'there' : each.kind))
  making.done.push(...there)
  if (link.length + unlink.length === 0) return
  const { linkBlockedBy, unlinkBlockedBy } = await import('@switchyard/github/operations')
  const { github } = making.target
  await carry(making, unlink, (pairs) => unlinkBlockedBy(github, pairs))
  await carry(making, link, (pairs) => linkBlockedBy(github, pairs))
}

interface Pair {
  readonly issueId: string
  readonly blockerId: string
}

async function carry(
  making: Making,
  links: readonly Link[],
  send: (pairs: readonly Pair[]) => Promise<readonly (string | undefined)[]>,
): Promise<void> {
  const found = links.flatMap((link) => {
    const [issue, blocker] = [making.there.get(link.key), making.there.get(link.blocker)]
    return issue === undefined || blocker === undefined ? [] : [{ link, issue, blocker }]
  })
  if (found.length === 0) return
  const refusals = await send(found.map(({ issue, blocker }) => ({ issueId: issue.nodeId, blockerId: blocker.nodeId })))
  const refused = found.flatMap((one, at) => {
    const message = refusals[at]
    if (message === undefined) making.done.push(one.link)
    return message === undefined ? [] : [{ ...one, message }]
  })
  const [first] = refused
  if (first === undefined) return
  throw new UserError('LINK_REFUSED', `GitHub refused ${sayLink(first.issue, first.blocker)}: ${first.message}`, {
    hint: 'Mend what it says, and say it again: everything else is kept.',
  })
}

function sayLink({ number }: Pick<SeenIssue, 'number'>, { number: blocker }: Pick<SeenIssue, 'number'>): string {
  return `to have #${number} wait for #${blocker}`
}
