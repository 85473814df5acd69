import { LineCounter, parseDocument, visit } from 'yaml'

/**
 * The text of every scalar of a YAML file by where it begins (`line:column`). GitHub's parser keeps the indentation of a
 * block inside its expressions; here a block is what YAML says it is.
 */
export function readScalarTexts(content: string): ReadonlyMap<string, string> {
  const lines = new LineCounter()
  const texts = new Map<string, string>()
  visit(parseDocument(content, { lineCounter: lines, logLevel: 'silent' }), {
    Scalar(_, node) {
      if (node.range === undefined || node.range === null || typeof node.value !== 'string') return
      const { line, col } = lines.linePos(node.range[0])
      texts.set(`${line}:${col}`, node.value)
    },
  })
  return texts
}
