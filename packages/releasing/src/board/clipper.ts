import { clip } from '@switchyard/core'

/** `clip` for texts that come again and again, as the names of steps do. */
export function clipper(max: number): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const found = known.get(text) ?? clip(text, max)
    known.set(text, found)
    return found
  }
}
