import { parseBatch, parseJson, parseLedger, parseOpen, parseReceipt, parseState, type RecordText } from './parse-records.ts'
import { classifyPath } from './paths.ts'
import { findTextFault } from './texts.ts'

/** True when a file's text is what its path promises, as far as the ledger itself can tell. */
export function isReadable(source: RecordText): boolean {
  try {
    parseByKind(source)
    return true
  } catch {
    return false
  }
}

function parseByKind(source: RecordText): unknown {
  const kind = classifyPath(source.path)
  switch (kind) {
    case 'ledger':
      return parseLedger(source)
    case 'open':
      return parseOpen(source)
    case 'state':
      return parseState(source)
    case 'receipt':
      return parseReceipt(source)
    case 'batch':
      return parseBatch(source)
    case 'view':
      return parseJson(source)
    case 'blob':
      if (findTextFault(source.path.slice(-64), source.text) !== undefined) throw new RangeError('Not the text of this name')
      return undefined
    case 'unknown':
      return undefined
  }
}
