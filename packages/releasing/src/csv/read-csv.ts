import { MAX_FAULTS } from '../files/limits.ts'

/** A cell's text without its quotes, and where it begins. */
export interface CsvCell {
  readonly text: string
  readonly offset: number
}

export interface CsvFault {
  readonly code: 'unclosed-quote' | 'stray-quote'
  readonly offset: number
}

export interface Csv {
  /** Without lines that are empty. */
  readonly records: readonly (readonly CsvCell[])[]
  readonly faults: readonly CsvFault[]
}

/**
 * Reads comma-separated values (RFC 4180): cells in quotes may hold commas, line breaks, and quotes written twice. Lines may end with LF
 * or CR too; a byte order mark is skipped. What breaks the rules is told and read as well as it can be. Stops behind `maxRecords`.
 */
export function readCsv(text: string, maxRecords: number): Csv {
  const records: (readonly CsvCell[])[] = []
  const faults: CsvFault[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length && records.length < maxRecords) {
    const record = readRecord(text, at, faults)
    if (!isBlank(text, record)) records.push(record.cells)
    // Of CRLF the LF is left, as an empty line.
    at = record.end + 1
  }
  return { records, faults }
}

interface ReadRecord {
  readonly cells: readonly CsvCell[]
  readonly end: number
}

function readRecord(text: string, from: number, faults: CsvFault[]): ReadRecord {
  const cells: CsvCell[] = []
  for (let at = from; ; at += 1) {
    const cell = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at)
    cells.push({ text: cell.text, offset: at })
    if (cell.fault && faults.length < MAX_FAULTS) faults.push(cell.fault)
    at = cell.end
    if (text[at] !== ',') return { cells, end: at }
  }
}

/** A line with nothing on it; one with `""` has a cell. */
function isBlank(text: string, { cells, end }: ReadRecord): boolean {
  return cells.length === 1 && cells[0]?.offset === end && text[end] !== '"'
}

interface ReadCell {
  readonly text: string
  readonly end: number
  readonly fault?: CsvFault
}

function readPlain(text: string, from: number): ReadCell {
  const end = endOfCell(text, from)
  const cell = text.slice(from, end)
  const quote = cell.indexOf('"')
  return { text: cell, end, ...(quote >= 0 && { fault: { code: 'stray-quote', offset: from + quote } }) }
}

function readQuoted(text: string, from: number): ReadCell {
  let close = text.indexOf('"', from + 1)
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  const inner = text.slice(from + 1, close < 0 ? text.length : close).replaceAll('""', '"')
  if (close < 0) return { text: inner, end: text.length, fault: { code: 'unclosed-quote', offset: from } }
  const end = endOfCell(text, close + 1)
  return { text: inner, end, ...(end > close + 1 && { fault: { code: 'stray-quote', offset: close } }) }
}

function endOfCell(text: string, from: number): number {
  const separator = /[,\r\n]/g
  separator.lastIndex = from
  return separator.exec(text)?.index ?? text.length
}
