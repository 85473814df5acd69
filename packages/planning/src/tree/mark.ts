/** What names an issue as made from a plan: a line of its body, the first one as we write it. */
export interface ItemMark {
  /** The idea, as the ledger names it. */
  readonly subject: string
  readonly key: string
}

/** On a line of its own, wherever people moved it, and whatever blanks and line ends they left around it. */
const MARK = /^[ \t]*<!-- switchyard:plan item=([\w~-]+) key=([a-z0-9][a-z0-9-]*) -->[ \t]*\r?$/gm

/** The mark as a line, which GitHub does not show; `findItemMark` finds it again. */
export function renderItemMark({ subject, key }: ItemMark): string {
  return `<!-- switchyard:plan item=${subject} key=${key} -->`
}

export interface FoundMark extends ItemMark {
  /** Whether nothing stands above it, as we write it: only whoever opened the issue, or edited its top, can have put it there. */
  readonly isLeading: boolean
}

/** Every mark of a body, from its top. */
export function findItemMarks(body: string): readonly FoundMark[] {
  return [...body.matchAll(MARK)].flatMap(({ index, 1: subject, 2: key }) =>
    subject === undefined || key === undefined ? [] : [{ subject, key, isLeading: body.slice(0, index).trim() === '' }],
  )
}

/** The first mark of a body; whoever may edit the issue can forge it, or take it away: the ledger's word on the number decides. */
export function findItemMark(body: string): ItemMark | undefined {
  const [first] = findItemMarks(body)
  return first && { subject: first.subject, key: first.key }
}

/** Whether a body holds anything of what we write into the issues of plans, however people left it. */
export function isPlanSigned(body: string): boolean {
  return /switchyard:plan (?:item=|section)/.test(body)
}
