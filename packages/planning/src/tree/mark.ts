/** What names an issue as made from a plan: the first line of its body. */
export interface ItemMark {
  /** The idea, as the ledger names it. */
  readonly subject: string
  readonly key: string
}

const MARK = /^<!-- switchyard:plan item=([\w~-]+) key=([a-z0-9][a-z0-9-]*) -->\r?$/m

export function renderItemMark({ subject, key }: ItemMark): string {
  return `<!-- switchyard:plan item=${subject} key=${key} -->`
}

/** The mark on a body's first line; whoever may edit the issue can forge it, so that the ledger has to know the issue, too. */
export function findItemMark(body: string): ItemMark | undefined {
  const [line = ''] = body.split('\n', 1)
  const [, subject, key] = MARK.exec(line) ?? []
  return subject === undefined || key === undefined ? undefined : { subject, key }
}
