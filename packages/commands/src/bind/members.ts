import type { CommentPlace } from '../fault.ts'
import type { Word } from '../parse/tokens.ts'
import { isSingle, parseSelector, type PlacedSelector, type Selector } from '../select/selector.ts'
import type { Said, Taken } from './said.ts'

/** One selector that stands for one member. */
export function bindMember(word: Word): Taken {
  const parsed = parseSelector(word.text)
  if (!parsed.ok) return { faults: [badSelector(word, parsed)] }
  if (!isSingle(parsed.selector)) {
    const said = { message: `“${word.source}” can stand for several.`, hint: 'Name one: “cluster/namespace”, or a bare name.' }
    return { faults: [badSelector(word, said)] }
  }
  return { value: placed(parsed.selector, word) }
}

/** Selectors with their exclusions, and `--all`. */
export function bindAudience(words: readonly Word[], { all, line, column }: CommentPlace & { readonly all: boolean }): Taken {
  const parsed = words.map((word) => ({ word, result: parseSelector(word.text) }))
  const faults: Said[] = parsed.flatMap(({ word, result }) => (result.ok ? [] : [badSelector(word, result)]))
  const selectors = parsed.flatMap(({ word, result }) => (result.ok ? [placed(result.selector, word)] : []))
  const named = selectors.find(({ exclude }) => !exclude)
  const [first] = selectors
  if (all && named) {
    const message = `“--all” stands beside “${named.source}”.`
    faults.push({ code: 'all-and-names', message, hint: 'Keep one of the two.', column: named.column })
  }
  if (!all && first && !named) {
    const message = 'The selectors only say who is left out.'
    faults.push({ code: 'only-exclusions', message, hint: 'Add “--all”, or name who is meant.', column: first.column })
  }
  return faults.length > 0 ? { faults } : { value: { all, selectors, line, column } }
}

function placed(selector: Selector, { line, column }: Word): PlacedSelector {
  return { ...selector, line, column }
}

function badSelector({ column }: Word, { message, hint }: { readonly message: string; readonly hint: string }): Said {
  return { code: 'bad-selector', message, hint, column }
}
