import { describe, expect, it } from 'vitest'
import { RECEIPT_PATH } from '../request/request.ts'
import { checkTree } from '../tree/check-tree.ts'
import { treeOf } from '../tree/change-tree.ts'
import { textFile } from '../tree/text.ts'
import { writeReceipt } from './write-receipt.ts'

describe('the receipt', () => {
  it.each([
    ['nothing', treeOf([])],
    ['a file of the template', treeOf([[RECEIPT_PATH, textFile('old', '100755')]])],
    [
      'a link of the template',
      treeOf([
        [RECEIPT_PATH, textFile('own.json', '120000')],
        ['.github/own.json', textFile('{}')],
      ]),
    ],
  ])('stands in the place of %s', (_, tree) => {
    const written = writeReceipt(tree, '{}\n')
    expect(written.ok && written.tree.get(RECEIPT_PATH)).toEqual(textFile('{}\n'))
    expect(written.ok && written.tree.size).toBe(Math.max(1, tree.size))
  })

  it.each([
    ['.github', textFile('a file'), 'file-and-folder'],
    ['.github', textFile('docs', '120000'), 'file-is-link'],
    ['.GitHub/dependabot.yml', textFile('x'), 'names-differ-in-case'],
    ['.github/bootstrap.json/x', textFile('x'), 'file-is-folder'],
    ['.github/Bootstrap.json', textFile('x'), 'names-differ-in-case'],
  ])('is refused by a template with %j (%#), sound as it is', (path, file, code) => {
    const tree = treeOf([[path, file]])
    expect(checkTree(tree)).toEqual([])
    expect(writeReceipt(tree, '{}\n')).toMatchObject({ ok: false, fault: { code } })
  })
})
