/** Files beside one that are written out. */
const MAX_NAMED = 3

interface Rivals {
  readonly message: string
  readonly hint: string
}

/** That other files name the same idea as this one, in words. One plan would take the other's place with every push. */
export function sayRivals(path: string, { idea, others }: { readonly idea: number; readonly others: readonly string[] }): Rivals {
  const named = others.slice(0, MAX_NAMED).map((other) => `\`${other}\``)
  const more = others.length - named.length
  const who = [...named, ...(more === 0 ? [] : [`${more} more`])]
  const last = who.at(-1) ?? ''
  const list = who.length > 1 ? `${who.slice(0, -1).join(', ')} and ${last}` : last
  return {
    message: `\`${path}\` names the idea #${idea}, and so ${others.length === 1 ? 'does' : 'do'} ${list}.`,
    hint: 'An idea has one plan: give each file an `idea:` of its own, or delete what is out of date.',
  }
}
