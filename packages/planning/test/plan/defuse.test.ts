import fc from 'fast-check'
import { Marked, type Token, type Tokens } from 'marked'
import { describe, expect, it } from 'vitest'
import { defuse } from '../../src/plans.ts'

const BREAK = '\u200b'
const inert = (markdown: string) => defuse(markdown, { allowMentions: false })
const seen = (markdown: string) => inert(markdown).replaceAll(BREAK, '·')

describe('what notifies somebody is broken', () => {
  it.each([
    ['@everyone and @org/team', '@·everyone and @·org/team'],
    ['#12, a/b#12, GH-12 and gh-1', '#·12, a/b#·12, GH-·12 and gh-·1'],
    ['a/b@a5c3785ed8d6a35868bc169f07e40e889087fd2e', 'a/b@·a5c3785ed8d6a35868bc169f07e40e889087fd2e'],
    ['\\@a \\#1 GH\\-1', '\\@·a \\#·1 GH\\-·1'],
    [
      '&#64;a &commat;a &#x40;a @&#97; &#35;1 &num;1 #&#49; &#71;H-1',
      '&#64;·a &commat;·a &#x40;·a @·&#97;· &#35;·1 &num;·1 #·&#49;· &#71;·H-·1',
    ],
    ['[@a](http://x.y/@b#1) ![@a](http://x.y/@b)', '[@·a](http://x.y/@b#1) ![@a](http://x.y/@b)'],
    ['a `@b` c@d', 'a `@b` c@·d'],
    ['[^1]\n\n[^1]: @a', '[^1]\n\n[^1]: @·a'],
    ['| a |\n|---|\n| `b | @c` |', '| a |\n|---|\n| `b | @·c` |'],
    ['`unclosed @a', '`unclosed @·a'],
  ])('%j', (markdown, expected) => {
    expect(seen(markdown)).toBe(expected)
  })

  it('unless it is asked for; HTML never is', () => {
    expect(defuse('@a #1 <b>', { allowMentions: true })).toBe('@a #1 &lt;b>')
  })
})

describe('HTML is seen as written', () => {
  it.each([
    ['<!-- switchyard:plan section -->', '&lt;!-- switchyard:plan section -->'],
    ['<b>a</b>\n\n<div>\n# a\n</div>', '&lt;b>a&lt;/b>\n\n&lt;div>\n# a\n&lt;/div>'],
    ['<img src="`" onerror=a>`', '&lt;img src="`" onerror=a>`'],
    ['a < b, \\<b>, \\\\<b>, &lt;b>', 'a &lt; b, \\<b>, \\\\&lt;b>, &lt;b>'],
  ])('%j', (markdown, expected) => {
    expect(inert(markdown)).toBe(expected)
  })
})

describe('what does nothing stays as it is', () => {
  it.each([
    '**bold** _em_ ~~gone~~ `@a <b> #1`\n\n- [ ] a\n  1. b\n\n> c\n\n#### d\n\n| a | b |\n|---|---|\n| `c \\| @d` | e |',
    '```html\n<b>@a #1</b>\n```\n\n    <b>@a</b>\n\n~~~\n<!-- -->\n~~~',
    '> ```\n> <b>@a\n> ```\n\n- a\n\n  ```\n  @a\n  ```',
    '<https://x.y/@a#1> https://x.y/@a#1 (http://x.y/@a) [a](<x y#1> "@t") [a][b]\n\n[b]: http://x.y/@a#1',
    'C# 100 % a - 1 # 1 AT&T &amp; &nbsp; @ a',
    'a5c3785ed8d6a35868bc169f07e40e889087fd2e',
  ])('%j', (markdown) => {
    expect(inert(markdown)).toBe(markdown)
  })
})

it('controls that turn the direction of text are gone, code or not; right-to-left text stays', () => {
  expect(inert('שלום \u202eabc\u2066 `a\u202eb` \u200f\u0007')).toBe('שלום abc `ab` \u200f')
})

it.each([
  ['```\na', '```\na\n```'],
  ['~~~~js\na\n~~~\n', '~~~~js\na\n~~~\n~~~~'],
  ['```', '```\n```'],
  ['```\na\n```', '```\na\n```'],
])('a block that is not closed takes nothing in behind it: %j', (markdown, expected) => {
  expect(inert(markdown)).toBe(expected)
})

it('what a parser would be long with is escaped as a whole', () => {
  expect(seen(`${'>'.repeat(20)}\n@a <b>`)).toBe(`${'&gt;'.repeat(20)}\n@·a &lt;b&gt;`)
})

function cellsOf({ header, rows }: Tokens.Table): readonly Token[] {
  return [...header, ...rows.flat()].flatMap(({ tokens }) => tokens)
}

/** Everything of a text that another parser shows as text or takes for HTML. */
function partsOf(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token) => {
    const cells = token.type === 'table' ? cellsOf(token as Tokens.Table) : []
    const items = token.type === 'list' ? token['items'] : []
    // No mention is looked for inside a link.
    const below = token.type !== 'link' && 'tokens' in token && token.tokens ? token.tokens : []
    return [token, ...partsOf([...below, ...cells, ...items])]
  })
}

const piece = fc.constantFrom(
  '@a',
  '#1',
  'GH-1',
  '<b>',
  '</b>',
  '<!--',
  '-->',
  '<',
  '>',
  '`',
  '``',
  '```\n',
  '~~~\n',
  '\\',
  '&#64;',
  '&lt;',
  '[',
  ']',
  '(',
  ')',
  '](',
  ': ',
  '|',
  '\n| --- |\n',
  '\n',
  '\n\n',
  ' ',
  '- ',
  '> ',
  '1. ',
  '    ',
  '*',
  '**',
  '_',
  'a',
  '![',
  '"',
  '[^1]',
  'https://x.y/',
  '<a:b',
  "'",
  '=\n',
)

it('another parser finds no HTML in it, and no mention in its text', () => {
  const marked = new Marked({ gfm: true })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const parts = partsOf(marked.lexer(inert(pieces.join(''))))
      expect(parts.filter(({ type }) => type === 'html')).toEqual([])
      const texts = parts.filter((part) => (part.type === 'text' && !('tokens' in part && part.tokens)) || part.type === 'escape')
      for (const { raw } of texts) expect(raw).not.toMatch(/@a|#1|GH-1/)
    }),
    { numRuns: 1_000 },
  )
})

it('twice is as good as once', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const once = inert(pieces.join(''))
      expect(inert(once)).toBe(once)
    }),
  )
})
