import { slicesOf, truncate } from '@switchyard/core'
import { MAX_TITLE_LENGTH, MAX_UNSPLIT_CHILDREN } from '../plan/limits.ts'

/** How many further parts stand under one: with its own 90 children no more than GitHub's 100. */
const PARTS_UNDER_ONE = 10

/** Children in slices of at most 90, in their order; one empty slice where there are none. */
export function sliceChildren<Child>(children: readonly Child[]): readonly (readonly Child[])[] {
  return children.length === 0 ? [[]] : slicesOf(children, MAX_UNSPLIT_CHILDREN)
}

/** The title of part `part`, from 2, within GitHub's 256 characters. */
export function partTitle(title: string, part: number): string {
  const suffix = ` (part ${part})`
  return `${truncate(title, MAX_TITLE_LENGTH - suffix.length)}${suffix}`
}

/** The part that an epic's part stands under, both counted from 1, which is the epic itself: ten under each keep the tree low. */
export function parentPart(part: number): number {
  return Math.ceil((part - 1) / PARTS_UNDER_ONE)
}

/** Keys of parts, none of them a node's or another part's: a plan may have an id that looks like one. Part 1 is the node itself. */
export function partKeys(ids: readonly string[]): (id: string, part: number) => string {
  const taken = new Set(ids)
  const given = new Map<string, string>()
  return (id, part) => {
    if (part === 1) return id
    const plain = `${id}-part-${part}`
    const known = given.get(plain)
    if (known !== undefined) return known
    let key = plain
    while (taken.has(key)) key = `${key}-split`
    taken.add(key)
    given.set(plain, key)
    return key
  }
}
