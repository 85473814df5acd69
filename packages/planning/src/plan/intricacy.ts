import { MAX_BRACKETS, MAX_CONTAINERS, MAX_DEPTH, MAX_LAZY_LINES, MAX_LAZY_WORK, MAX_UNDERLINED } from './limits.ts'

export interface Intricacy {
  /** Where it became too much. */
  readonly offset: number
  readonly message: string
  readonly hint: string
}

/**
 * What would keep a Markdown parser busy for long; undefined: nothing. Told before it is parsed, in one walk through the lines, since
 * parsers take time that grows with the square of some of these.
 */
export function findIntricacy(text: string): Intricacy | undefined {
  const counts: Counts = { containers: 0, lazy: 0, work: 0, underlined: 0, brackets: 0, indent: 0 }
  for (let at = 0; at < text.length;) {
    const end = endOfLine(text, at)
    const found = look(text.slice(at, end), counts)
    if (found) return { ...found, offset: at }
    at = text.startsWith('\r\n', end) ? end + 2 : end + 1
  }
  return undefined
}

interface Counts {
  containers: number
  lazy: number
  work: number
  underlined: number
  brackets: number
  /** How far lines of the container above are indented; 0: none is open. */
  indent: number
}

const CONTAINER = /[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))/y

function look(line: string, counts: Counts): Omit<Intricacy, 'offset'> | undefined {
  const { marks, width } = marksOf(line)
  const indent = line.length - line.trimStart().length
  count(line, { marks, indent, width }, counts)
  if (marks > MAX_DEPTH || (marks > 0 && indent > MAX_DEPTH * 4)) {
    return { message: `Lists and quotes stand deeper inside one another than ${MAX_DEPTH}.`, hint: 'Write them side by side.' }
  }
  if (counts.containers > MAX_CONTAINERS) {
    return { message: `The plan has more than ${MAX_CONTAINERS} list items and quotes.`, hint: 'Split the plan, or write text instead.' }
  }
  if (counts.lazy > MAX_LAZY_LINES || counts.work > MAX_LAZY_WORK) {
    return { message: 'Too many lines run on below lists and quotes without being indented.', hint: 'Indent them, or leave a blank line.' }
  }
  if (counts.underlined > MAX_UNDERLINED) {
    return { message: `The plan has more than ${MAX_UNDERLINED} underlined headings.`, hint: 'Write headings with `#`.' }
  }
  if (counts.brackets > MAX_BRACKETS) {
    return { message: `The plan has more than ${MAX_BRACKETS} square brackets.`, hint: 'Split the plan, or leave some out.' }
  }
  return undefined
}

interface Line {
  readonly marks: number
  readonly indent: number
  readonly width: number
}

function count(line: string, { marks, indent, width }: Line, counts: Counts): void {
  counts.containers += marks
  counts.brackets += line.split('[').length - 1
  if (/^ {0,3}(?:=+|-+)[ \t\r]*$/.test(line)) counts.underlined += 1
  if (line.trim() === '') counts.indent = 0
  else if (marks > 0) counts.indent = width + 1
  else if (indent < counts.indent) {
    counts.lazy += 1
    counts.work += counts.containers
  }
}

/** How many containers a line opens, and where the last of their marks ends. */
function marksOf(line: string): { readonly marks: number; readonly width: number } {
  let [marks, width] = [0, 0]
  CONTAINER.lastIndex = 0
  while (CONTAINER.test(line)) {
    marks += 1
    width = CONTAINER.lastIndex
  }
  return { marks, width }
}

/** A carriage return alone ends a line too. Source: CommonMark 0.31, "Line ending". */
function endOfLine(text: string, from: number): number {
  const ends = /[\r\n]/g
  ends.lastIndex = from
  return ends.exec(text)?.index ?? text.length
}
