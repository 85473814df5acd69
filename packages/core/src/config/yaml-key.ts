import { isAlias, isMap, isScalar, type Pair, parseDocument, visit } from 'yaml'
import { MAX_FILE_LENGTH } from './yaml-document.ts'

/** One key of a mapping, as YAML reads it. */
export interface YamlKey {
  /** undefined: it is no scalar. */
  readonly value: unknown
  /** Of the key, in UTF-16 units. */
  readonly offset: number
}

/**
 * What a key of the top level says, however it is quoted, and whatever is wrong with the rest of the text: for finding out whose text it
 * is before it is judged. Of a key that stands twice it is the first. undefined: there is none, or the text is over `MAX_FILE_LENGTH`.
 */
export function findYamlKey(text: string, name: string): YamlKey | undefined {
  if (text.length > MAX_FILE_LENGTH) return undefined
  const parsed = parseDocument(text, { prettyErrors: false, logLevel: 'error', schema: 'core', uniqueKeys: false })
  const { contents, errors } = parsed
  if (!isMap(contents)) return undefined
  const toKey = ({ key, value }: Pair): readonly YamlKey[] => {
    if (!isScalar(key) || key.value !== name) return []
    const said = isAlias(value) ? value.resolve(parsed) : value
    return [{ value: isScalar(said) ? said.value : undefined, offset: key.range?.[0] ?? 0 }]
  }
  const [found] = contents.items.flatMap(toKey)
  if (found !== undefined || errors.length === 0) return found
  // Behind a fault such as `title: A: B` what was meant to stand at the top is read as deeper: where it stands tells.
  let lost: YamlKey | undefined
  visit(contents, {
    Pair: (_, pair) => {
      const [key] = toKey(pair)
      if (key === undefined || (key.offset > 0 && text[key.offset - 1] !== '\n')) return undefined
      lost = key
      return visit.BREAK
    },
  })
  return lost
}
