/**
 * A Markdown text without its code (fenced, indented, inline) and HTML comments, which GitHub reads no references in. Lines are read, not
 * a whole tree, in time that grows with the text: what it is unsure of counts as words.
 */
export function wordsOf(markdown: string): string {
  return withoutBlocks(markdown.replace(/\r\n?/g, '\n'))
    .split(/\n[ \t]*\n/)
    .map(withoutSpans)
    .join('\n\n')
}

interface Reading {
  readonly kept: string[]
  /** What the block that is left out ends with. */
  block: { readonly kind: 'fence'; readonly sign: string } | { readonly kind: 'comment' } | undefined
  wasBlank: boolean
  wasCode: boolean
  isInList: boolean
}

function withoutBlocks(text: string): string {
  const reading: Reading = { kept: [], block: undefined, wasBlank: true, wasCode: false, isInList: false }
  for (const line of text.split('\n')) reading.kept.push(parseLine(reading, line))
  return reading.kept.join('\n')
}

/** The line, or nothing where it is code or comment. */
function parseLine(reading: Reading, line: string): string {
  if (reading.block !== undefined) {
    if (isEnd(reading.block, line)) reading.block = undefined
    return ''
  }
  reading.block = findBlock(line)
  if (reading.block !== undefined) {
    if (reading.block.kind === 'comment' && isEnd(reading.block, line)) reading.block = undefined
    return ''
  }
  const isBlank = line.trim() === ''
  const isDeep = /^(?: {4}| {0,3}\t)/.test(line)
  if (!isBlank && !isDeep) reading.isInList = /^\s*(?:[-*+]|\d{1,9}[.)])\s/.test(line) || (reading.isInList && /^\s/.test(line))
  reading.wasCode = isDeep && !isBlank && !reading.isInList && (reading.wasBlank || reading.wasCode)
  reading.wasBlank = isBlank
  return reading.wasCode ? '' : line
}

function findBlock(line: string): Reading['block'] {
  if (/^ {0,3}<!--/.test(line)) return { kind: 'comment' }
  // A fence may stand in a quote or a list's item.
  const [, sign, info = ''] = /^(?:\s|>|[-*+] |\d{1,9}[.)] )*(`{3,}|~{3,})(.*)$/.exec(line) ?? []
  return sign === undefined || (sign.startsWith('`') && info.includes('`')) ? undefined : { kind: 'fence', sign }
}

/** A comment's block ends with the line that closes it, whatever follows there. Source: CommonMark, HTML blocks. */
function isEnd(block: NonNullable<Reading['block']>, line: string): boolean {
  if (block.kind === 'comment') return line.includes('-->')
  return /^[\s>]*(`{3,}|~{3,})\s*$/.exec(line)?.[1]?.startsWith(block.sign) ?? false
}

/** Code ends at a run of as many backticks, in the same paragraph; whichever of code and comment begins first is one. */
function withoutSpans(paragraph: string): string {
  const closers = findClosers(paragraph)
  let kept = ''
  let from = 0
  for (const { index, 0: sign } of paragraph.matchAll(/<!--|`+/g)) {
    if (index < from || paragraph[index - 1] === '\\') continue
    const end = sign === '<!--' ? endOfComment(paragraph, index) : closers.get(index)
    if (end === undefined) continue
    kept += `${paragraph.slice(from, index)} `
    from = end
  }
  return kept + paragraph.slice(from)
}

/** By where a run of backticks begins, where the next of the same length ends. */
function findClosers(paragraph: string): ReadonlyMap<number, number> {
  const closers = new Map<number, number>()
  const next = new Map<number, number>()
  for (const { index, 0: run } of [...paragraph.matchAll(/`+/g)].toReversed()) {
    const end = next.get(run.length)
    if (end !== undefined) closers.set(index, end)
    next.set(run.length, index + run.length)
  }
  return closers
}

function endOfComment(paragraph: string, start: number): number | undefined {
  // The last one first: a paragraph of openings alone is searched once each, not to its end each.
  if (paragraph.lastIndexOf('-->') < start) return undefined
  const end = paragraph.indexOf('-->', start + 4)
  return end < 0 ? undefined : end + 3
}
