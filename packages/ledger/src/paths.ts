import { sha256 } from '@switchyard/core'

export const LEDGER_FILE = 'ledger.json'
export const OPEN_FILE = 'open.json'
const STATE_FILE = 'state.json'

/** Batches in one folder before a chapter is begun: a folder stays under 1,000 entries, and a state and parts live there too. */
export const BATCHES_PER_CHAPTER = 900

/** Encoded keys longer than this end in a hash: file systems take 255 bytes. */
const MAX_KEY_LENGTH = 120

/** Names that Windows keeps for devices: a checkout of the branch must work there too. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/

/**
 * A subject's name as the name of a folder. Different names never share a folder, not even where file systems fold case or
 * normalise Unicode: lower-case letters, digits, `-`, `~` and inner dots stand for themselves, every other byte of the UTF-8
 * form is `_` and two hex digits. What gets too long keeps its beginning and ends in `_-` and its SHA-256.
 *
 * @throws {RangeError} for an empty text or one with half a surrogate pair, which UTF-8 cannot tell apart.
 */
export function encodeKey(key: string): string {
  if (key === '' || !key.isWellFormed()) throw new RangeError('A subject needs a name of whole characters')
  let encoded = ''
  for (const byte of new TextEncoder().encode(key)) encoded += isPlain(byte) ? String.fromCharCode(byte) : escapeByte(byte)
  if (encoded.startsWith('.') || RESERVED.test(encoded)) encoded = escapeByte(encoded.charCodeAt(0)) + encoded.slice(1)
  if (encoded.endsWith('.')) encoded = encoded.slice(0, -1) + escapeByte(0x2e)
  return encoded.length > MAX_KEY_LENGTH ? `${encoded.slice(0, 48).replace(/_.?$/, '')}_-${sha256(key)}` : encoded
}

function isPlain(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2e || byte === 0x7e
}

function escapeByte(byte: number): string {
  return `_${byte.toString(16).padStart(2, '0')}`
}

/** The folder of one subject: the start of its name's SHA-256, then its name. */
export function subjectFolder(subject: string): string {
  return `${sha256(subject).slice(0, 2)}/${encodeKey(subject)}`
}

export function statePath(subject: string): string {
  return `${subjectFolder(subject)}/${STATE_FILE}`
}

/** Where a subject's `index`-th batch (from 0) is written, whose first event has this number. */
export function batchPath(subject: string, index: number, seq: number): string {
  const chapter = Math.floor(index / BATCHES_PER_CHAPTER)
  const folder = chapter === 0 ? subjectFolder(subject) : `${subjectFolder(subject)}/chapters/${String(chapter).padStart(4, '0')}`
  return `${folder}/${String(seq).padStart(10, '0')}.jsonl`
}

/** An idempotency key as it stands in records: its SHA-256, so that no length or character of it matters. */
export function hashKey(idempotencyKey: string): string {
  if (!idempotencyKey.isWellFormed()) throw new RangeError('An idempotency key needs whole characters')
  return sha256(idempotencyKey)
}

/** Where the receipt of a hashed idempotency key lies. */
export function receiptPath(keyHash: string): string {
  return `receipts/${keyHash.slice(0, 2)}/${keyHash}.json`
}

/** Where the text with this SHA-256 lies. */
export function blobPath(hash: string): string {
  return `blobs/${hash.slice(0, 2)}/${hash}`
}

/** Where a view's document lies. Its name may hold `/`, each part is kept to the characters that folders of subjects have. */
export function viewPath(document: string): string {
  return `views/${document.split('/').map(encodeKey).join('/')}.json`
}

export type PathKind = 'ledger' | 'open' | 'state' | 'batch' | 'receipt' | 'view' | 'blob' | 'unknown'

/** What a file of the branch holds, by its path. */
export function classifyPath(path: string): PathKind {
  if (path === LEDGER_FILE) return 'ledger'
  if (path === OPEN_FILE) return 'open'
  if (/^receipts\/[0-9a-f]{2}\/[0-9a-f]{64}\.json$/.test(path)) return 'receipt'
  if (/^views\/.+\.json$/.test(path)) return 'view'
  if (/^blobs\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(path)) return 'blob'
  if (/^[0-9a-f]{2}\/[^/]+\/state\.json$/.test(path)) return 'state'
  if (/^[0-9a-f]{2}\/[^/]+\/(chapters\/\d{4,}\/)?\d{10,}\.jsonl$/.test(path)) return 'batch'
  return 'unknown'
}
