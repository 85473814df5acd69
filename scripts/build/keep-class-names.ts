import type { Plugin } from 'rolldown'
import { Visitor, parseSync } from 'rolldown/utils'

/**
 * Gives each class its name back. rolldown writes `var A = class {}` for `class A {}`, and a packer that shortens the
 * variable would shorten the name of an error with it.
 */
export function keepClassNamesPlugin(): Plugin {
  return {
    name: 'keep-class-names',
    renderChunk(code) {
      const insertions: { readonly at: number; readonly name: string }[] = []
      const note = (
        target: { type: string; name?: string } | null,
        value: { type: string; start: number; id?: object | null } | null,
      ): void => {
        if (target?.type !== 'Identifier' || value?.type !== 'ClassExpression' || value.id) return
        insertions.push({ at: value.start + 'class'.length, name: target.name ?? '' })
      }
      new Visitor({
        VariableDeclarator: (node) => note(node.id, node.init),
        AssignmentExpression: (node) => note(node.left, node.right),
      }).visit(parseSync('chunk.js', code).program)
      return insertInto(code, insertions)
    },
  }
}

function insertInto(code: string, insertions: readonly { readonly at: number; readonly name: string }[]): string {
  const sorted = insertions.toSorted((a, b) => a.at - b.at)
  const starts = [0, ...sorted.map((insertion) => insertion.at)]
  return sorted.map(({ at, name }, index) => `${code.slice(starts[index], at)} ${name}`).join('') + code.slice(starts.at(-1))
}
