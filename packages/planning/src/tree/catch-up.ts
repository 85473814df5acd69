import { depthOf } from './depth.ts'

/** One of a plan's issues as GitHub has it now. */
export interface LiveItem {
  readonly number: number
  readonly isOpen: boolean
  /** As GitHub names why it is closed, or that it was opened again. */
  readonly stateReason: string | undefined
  readonly parent: number | undefined
}

/** An issue from which the parents are looked at anew. */
export interface CatchUp {
  readonly number: number
  /** Whether the ledger has it otherwise and has to be told; else only those above it are behind. */
  readonly isNews: boolean
  /** The issue whose state is another one in the ledger; undefined: none is, a parent just did not follow. */
  readonly behind: number | undefined
}

/**
 * Where a plan's issues are not as the ledger has them, or a parent did not follow its children: the deepest first, since what happens
 * to it moves those above. A parent that the ledger took for closed, while all below it is closed, was never closed: its run died. One
 * that somebody opened again by hand stays open.
 */
export function decideCatchUp(items: readonly LiveItem[], isClosed: (number: number) => boolean): readonly CatchUp[] {
  const children = Map.groupBy(items, ({ parent }) => parent)
  const byNumber = new Map(items.map((item) => [item.number, item]))
  const above = ({ parent }: LiveItem): LiveItem | undefined => (parent === undefined ? undefined : byNumber.get(parent))
  const depth = (item: LiveItem): number => depthOf(item, above, items.length)
  return items
    .toSorted((left, right) => depth(right) - depth(left))
    .flatMap((item) => decideOne(item, { below: children.get(item.number) ?? [], wasClosed: isClosed(item.number) }))
}

interface Around {
  readonly below: readonly LiveItem[]
  readonly wasClosed: boolean
}

function decideOne({ number, isOpen, stateReason }: LiveItem, { below, wasClosed }: Around): readonly CatchUp[] {
  const [first] = below
  const isDone = first !== undefined && below.every((child) => !child.isOpen)
  if (isOpen !== wasClosed) {
    // In step with the ledger: a parent may still wait for somebody whose sub-issue nobody heard of.
    const isStuck = isOpen && isDone && stateReason !== 'REOPENED'
    return isStuck ? [{ number: first.number, isNews: false, behind: undefined }] : []
  }
  const again = isOpen ? undefined : below.find((child) => child.isOpen && child.stateReason === 'REOPENED')
  const from = isOpen && isDone ? first : again
  return from === undefined ? [{ number, isNews: true, behind: number }] : [{ number: from.number, isNews: false, behind: number }]
}
