import fc from 'fast-check'
import { type Token as MarkedToken, lexer } from 'marked'
import { expect, it } from 'vitest'
import { bindCommands, isCommanding, parseComment, renderFaults } from '../src/index.ts'
import { quoteWord } from './quote-word.ts'
import { bind, definitions, families } from './definitions.ts'

const parse = (text: string) => parseComment(text, families)

/** Pieces from which comments are made that come near the grammar's edges. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('/release list', '/step done ', '/help', '/relase', '--all', '--', '—all', '!acme', 'tag:x') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('\n', '\r\n', '\r', ' ', '\t', '"', "'", '“', '”', '\\', '=', '`', '```', '~~~', '> ', '- ', '<!--', '-->'),
  },
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const comment = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
)

it('whether a comment commands is what its parsing says, but for the toolkit’s own', () => {
  fc.assert(
    fc.property(comment, (text) => {
      const { commands, faults } = parseComment(text, families)
      expect(isCommanding(text, families)).toBe(commands.length + faults.length > 0)
    }),
    { numRuns: 2_000 },
  )
  expect(isCommanding('<!-- switchyard:plan card -->\n/help', families)).toBe(false)
})

it('never throws, and places every fault in the comment', () => {
  fc.assert(
    fc.property(comment, (text) => {
      const lines = text.split(/\r\n|\n|\r/)
      const result = bind(text)
      const faults = result.ok ? [] : result.faults
      expect(result.ok || faults.length > 0).toBe(true)
      for (const { line, column } of faults) {
        expect(line).toBeLessThanOrEqual(lines.length)
        expect(column).toBeGreaterThanOrEqual(1)
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1)
      }
      expect(() => renderFaults(faults)).not.toThrow()
    }),
    { numRuns: 2_000 },
  )
})

it('reads every word again that was written by `quoteWord`', () => {
  const text = fc
    .oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom('a', '"', "'", '\\', ' ', '-', '—', '“', '=', '!', '/'), { maxLength: 8 }).map((c) => c.join('')),
    )
    .filter((word) => !/[\p{C}\s]/u.test(word.replaceAll(' ', '')))
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (words) => {
      const { commands, faults } = parse(`/help ${words.map(quoteWord).join(' ')}`)
      expect(faults).toEqual([])
      expect(commands[0]?.tokens.map((token) => (token.kind === 'word' ? token.text : `flag ${token.source}`))).toEqual(words)
    }),
    { numRuns: 1_000 },
  )
})

it('keeps a note as it was written, whatever it holds', () => {
  const note = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '' && !/[\p{C}]|[^\S ]/u.test(text))
  fc.assert(
    fc.property(note, (text) => {
      const result = bindCommands(definitions, parse(`/step done build eu-1/acme ${quoteWord(text)}`))
      const [command] = result.ok ? result.commands : []
      expect(command?.command === 'step done' && command.arguments.notes).toBe(text)
    }),
    { numRuns: 500 },
  )
})

const HIDDEN_LINES = ['> ', '- ', '    ', '\t', '1. '] as const
const TEXT_LINES = ['', '', 'text', '> said', '>', '- item', '1. item', '  below', '    code', '---', '# Head']
const CODE_LINES = ['```', '```bash', '````', '~~~', '<!--', '-->', 'so <!-- it', 'so `a', 'b` so', '``c', '<pre>\n/help \n</pre>']

const document = fc
  .array(
    fc.oneof(
      fc.constantFrom(...TEXT_LINES, ...CODE_LINES),
      fc.constantFrom('/help ', '  /help ', '/help ', ...HIDDEN_LINES.map((lead) => `${lead}/help `)),
    ),
    {
      maxLength: 12,
    },
  )
  .map((lines) => lines.map((line, index) => line.replace(/\/help (?=\n|$)/, (help) => `${help}n${index}n`)).join('\n'))

/** Each command's mark with the kinds of everything around it, by a Markdown parser that GitHub's users know. */
function shownIn(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  const walk = (tokens: readonly MarkedToken[], around: readonly string[]): void => {
    for (const token of tokens) {
      const kinds = [...around, token.type]
      if (token.type === 'list') for (const item of token.items) walk(item.tokens, kinds)
      else if ('tokens' in token && token.tokens && token.tokens.length > 0) walk(token.tokens, kinds)
      // HTML that is shown lets its text be seen: only what it hides counts.
      else if (token.type !== 'html' || /^\s*<(?:!--|pre)/.test(token.raw)) {
        for (const [mark] of token.raw.matchAll(/n\d+n/g)) found.set(mark, kinds)
      }
    }
  }
  walk(lexer(text), [])
  return found
}

/** Where a comment within a paragraph ends below a list, parsers differ. */
function isClear(text: string): boolean {
  return !text.includes('so <!--') || !/^(?:-|1\.) /m.test(text)
}

it('takes nothing for a command that Markdown shows as quote, code or comment', () => {
  fc.assert(
    fc.property(document, (text) => {
      const { commands, faults } = parse(text)
      fc.pre(faults.length === 0 && isClear(text))
      const shown = shownIn(text)
      for (const { tokens } of commands) {
        const kinds = shown.get(tokens[0]?.source ?? '') ?? []
        expect(kinds.filter((kind) => ['blockquote', 'code', 'codespan', 'html'].includes(kind))).toEqual([])
      }
    }),
    { numRuns: 5_000 },
  )
})

it('misses no line that Markdown shows as a paragraph of its own', () => {
  fc.assert(
    fc.property(document, (text) => {
      const { commands, faults } = parse(text)
      fc.pre(faults.length === 0 && isClear(text))
      const taken = commands.map(({ tokens }) => tokens[0]?.source)
      const own = [...shownIn(text)].filter(([mark, kinds]) => {
        const isAlone = new RegExp(`^ {0,3}/help ${mark}$`, 'm').test(text)
        return kinds[0] === 'paragraph' && isAlone && !kinds.includes('html') && !kinds.includes('codespan')
      })
      expect(own.map(([mark]) => mark).filter((mark) => !taken.includes(mark))).toEqual([])
    }),
    { numRuns: 5_000 },
  )
})
