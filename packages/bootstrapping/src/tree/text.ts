import type { FileMode, TreeFile } from './file-tree.ts'

const encoder = new TextEncoder()

/** UTF-8 text as a file. */
export function textFile(text: string, mode: FileMode = '100644'): TreeFile {
  return { mode, content: encoder.encode(text) }
}

/** How much of a file git looks at to tell text from binary. */
const SNIFFED = 8_000

/**
 * A file's text; undefined when it is none: bytes that are no UTF-8, or a NUL among the first 8,000, which is git's rule.
 * A byte order mark stays in the text, so that writing it back changes nothing.
 */
export function findText(content: Uint8Array): string | undefined {
  if (content.subarray(0, SNIFFED).includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return undefined
  }
}

export function byteLength(text: string): number {
  return encoder.encode(text).byteLength
}

export function isSameContent(left: Uint8Array, right: Uint8Array): boolean {
  if (left === right) return true
  return left.byteLength === right.byteLength && left.every((byte, index) => byte === right[index])
}

/** Mode and content alike. */
export function isSameFile(left: TreeFile | undefined, right: TreeFile | undefined): boolean {
  if (left === undefined || right === undefined) return left === right
  return left.mode === right.mode && isSameContent(left.content, right.content)
}

/** Whether most of a text's lines end as Windows ends them. */
export function usesCrlf(text: string): boolean {
  const lines = text.split('\n').length - 1
  return lines > 0 && text.split('\r\n').length - 1 > lines / 2
}
