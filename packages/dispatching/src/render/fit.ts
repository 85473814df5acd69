export interface Section {
  readonly full: string
  /** A form of at most `max` characters; without one the section is left out when it does not fit. */
  readonly short?: (max: number) => string
}

const LEFT_OUT = 'Some parts were left out: they do not fit here.'

/** Sections one after another, in at most `max` UTF-16 units: what does not fit is shortened or left out, and that is said. */
export function fitSections(sections: readonly Section[], max: number): string {
  const shown: string[] = []
  let left = max - LEFT_OUT.length - 2
  let isCut = false
  for (const { full, short } of sections) {
    if (full === '') continue
    const text = full.length + 2 <= left ? full : short?.(left - 2)
    if (text !== full) isCut = true
    if (text === undefined) continue
    shown.push(text)
    left -= text.length + 2
  }
  return [...shown, ...(isCut ? [LEFT_OUT] : [])].join('\n\n')
}
