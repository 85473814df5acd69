import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clip, clipCode, clipWords, escapeHtml } from './index.ts'

const RTL = 'تسجيل الدخول'
const units = fc.string({
  unit: fc.constantFrom('&', '<', '`', '|', 'a', ' ', '\n', '\u202e', '\ud83d', '😀', '👩‍👩‍👧‍👦', 'כ', '@a', '#1', 'GH-4'),
})

describe('clip', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly', 7, 'exactly'],
    ['too long', 4, 'too…'],
    ['<b>', 9, '&lt;b&gt;'],
    ['<b>', 8, '&lt;…'],
    ['ab😀cd', 4, 'ab…'],
    ['\ud83d half', 10, '\ufffd half'],
    ['  a  ', 10, 'a'],
    [RTL, 20, `\u2068${RTL}\u2069`],
    ['', 10, ''],
    ['<', 1, '…'],
    ['a', 0, ''],
  ])('of %j at most %i units', (text, max, clipped) => {
    expect(clip(text, max)).toBe(clipped)
  })

  it('has no more units than it may, isolates and escapes and all, and only whole characters', () => {
    fc.assert(
      fc.property(units, fc.nat(40), (text, max) => {
        const clipped = clip(text, max)
        expect(clipped.length).toBeLessThanOrEqual(max)
        expect(clipped.isWellFormed()).toBe(true)
        expect(clipped).not.toMatch(/@\w|(?<!\\)#\d|GH-\d|[<>\n]/)
      }),
    )
  })
})

describe('clipWords', () => {
  it.each([
    ['There is no step `a|b`.', 'There is no step `a|b`.'],
    ['No `x` and *no* `y', 'No `x` and \\*no\\* \\`y'],
    [`Of \`${RTL}\` and ${RTL}`, `Of \u2068\`${RTL}\`\u2069\u2068 and ${RTL}\u2069`],
  ])('shows the names of %j as code, and the rest inert', (text, words) => {
    expect(clipWords(text, 100)).toBe(words)
  })

  it('brings to life the references that are ours, and no other', () => {
    const linkOf = (number: number): string | undefined => (number === 12 ? '[#12](https://x.example/12)' : undefined)
    const words = 'The idea #12 is not #13, acme/a#12, `#12` or #123: **#12**'
    expect(clipWords(words, 100, linkOf)).toBe(
      'The idea [#12](https://x.example/12) is not \\#\u200b13, acme/a\\#\u200b12, `#12` or \\#\u200b123: \\*\\*[#12](https://x.example/12)\\*\\*',
    )
  })

  it('cuts before a name ends, and leaves no code open', () => {
    expect(clipWords('No step `migrate`', 12)).toBe('No step \\`mi…')
  })
})

it('clipCode cuts code at whole characters', () => {
  expect(clipCode('ab😀cd', 4)).toBe('`ab…`')
  expect(clipCode('`', 9)).toBe('`` ` ``')
  expect(clipCode(RTL, 20)).toBe(`\u2068\`${RTL}\`\u2069`)
})

describe('escapeHtml', () => {
  it.each([
    ['<b> & "x"', '&lt;b&gt; &amp; &quot;x&quot;'],
    ['@acme #1 GH-4', '@\u200bacme #\u200b1 GH-\u200b4'],
    ['https://a www.a', 'https:\u200b//a www\u200b.a'],
    ['a\n\u202eb', 'a b'],
    [RTL, `\u2068${RTL}\u2069`],
  ])('makes %j inert in an element', (text, inert) => {
    expect(escapeHtml(text)).toBe(inert)
  })
})
