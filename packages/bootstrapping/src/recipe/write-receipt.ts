import { RECEIPT_PATH } from '../request/request.ts'
import { withoutFile } from '../tree/change-tree.ts'
import { quotePath } from '../tree/fault-codes.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { textFile } from '../tree/text.ts'
import { writeFile, type Written } from './files.ts'

/** The tree with its receipt, in place of whatever stands there; held to the rules of every file that a recipe writes. */
export function writeReceipt(tree: FileTree, text: string): Written {
  const written = writeFile(withoutFile(tree, RECEIPT_PATH), RECEIPT_PATH, textFile(text))
  if (written.ok) return written
  const message = `The receipt ${quotePath(RECEIPT_PATH)} cannot be written: ${written.fault.message}`
  return { ok: false, fault: { ...written.fault, message, hint: 'Mend the template, and tag a new version.' } }
}
