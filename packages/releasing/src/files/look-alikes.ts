import { nameCharacter } from './quote.ts'

/** Alphabets with letters that look like each other's. A name is written in one of them. */
const ALIKE = [
  ['Latin', /\p{Script=Latin}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Coptic', /\p{Script=Coptic}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Lisu', /\p{Script=Lisu}/u],
] as const

/** Cyrillic and Greek letters that are drawn as Latin ones. Source: Unicode UTS 39, confusables. */
const AS_LATIN = new Set('аеорсухіјѕԁһԛԝӏАВЕЅІЈКМНОРСТУХԌԚԜҮоονΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ')

/**
 * What makes a name look like another, as the end of "`name` …: it holds …"; undefined when nothing does: letters of two
 * alphabets, letters of other widths and styles, or nothing but foreign letters that are drawn as Latin ones.
 */
export function findLookAlike(name: string): string | undefined {
  const letters = [...name.normalize('NFC')].filter((char) => /\p{L}/u.test(char))
  const styled = letters.find((char) => char > '\u007f' && /[A-Za-z]/.test(char.normalize('NFKC')))
  if (styled !== undefined) return `it holds ${nameCharacter(styled)}, which is read as \`${styled.normalize('NFKC')}\``
  const scripts = letters
    .map((char) => ({ char, script: ALIKE.find(([, pattern]) => pattern.test(char))?.[0] }))
    .filter(({ script }) => script !== undefined)
  const first = scripts[0]?.script
  const other = scripts.find(({ script }) => script !== first)
  // Of two alphabets the one that is not Latin is the surprise.
  const strange = first === 'Latin' ? other : other && scripts[0]
  if (strange) return `it holds ${nameCharacter(strange.char)}, a ${strange.script} letter among others`
  if (letters.length === 0 || !letters.every((char) => AS_LATIN.has(char))) return undefined
  return `it holds ${nameCharacter(letters[0] ?? '')}, a ${first} letter, and only letters that look Latin`
}
