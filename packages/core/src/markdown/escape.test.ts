import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeMarkdown, inlineCode, renderLink, renderTable, truncate } from './index.ts'

describe('escapeMarkdown', () => {
  it.each([
    ['plain text', 'plain text'],
    ['**bold** _it_', '\\*\\*bold\\*\\* \\_it\\_'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['a | b', 'a \\| b'],
    ['@everyone', '@\u200beveryone'],
    ['fixes #12', 'fixes \\#\u200b12'],
    ['GH-4 gh-5', 'GH\\-\u200b4 gh\\-\u200b5'],
    ['[x](https://e.example)', '\\[x\\]\\(https:\u200b//e.example\\)'],
    ['www.e.example', 'www\u200b.e.example'],
    ['two\nlines\r\n\there', 'two lines here'],
    ['\u202egnirts\u0007', 'gnirts'],
    ['&lt;', '&amp;lt;'],
    ['1. x', '1\\. x'],
    ['  12) x', '  12\\) x'],
    ['version 1.2', 'version 1.2'],
  ])('makes %j inert', (text, inert) => {
    expect(escapeMarkdown(text)).toBe(inert)
  })

  it('never leaves a mention, a tag, a cell border or a new line', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('@', 'a', '<', '>', '|', '\n', '`', '\\', '#', '1', '[', ']', '(', ')', ' ') }),
        (text) => {
          const inert = escapeMarkdown(text)
          expect(inert).not.toMatch(/@[\w-]|[<>\n`](?<!\\`)/)
          expect(inert).not.toMatch(/(?<!\\)(\\\\)*\|/)
        },
      ),
    )
  })
})

describe('inlineCode', () => {
  it.each([
    ['main', '`main`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b', '`a|b`'],
    ['', '` `'],
    ['x\ny', '`x y`'],
  ])('holds %j', (text, code) => {
    expect(inlineCode(text)).toBe(code)
  })
})

describe('renderLink', () => {
  it('links only to the web and escapes both halves', () => {
    expect(renderLink('a]b', 'https://e.example/(x)')).toBe('[a\\]b](https://e.example/%28x%29)')
    expect(renderLink('click', 'javascript:alert(1)')).toBe('click')
    expect(renderLink('click', 'https://e.example/ x')).toBe('click')
  })
})

it('renderTable draws a head and rows', () => {
  expect(renderTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |')
})

it.each([
  ['code', inlineCode('a|b'), '`a\\|b`'],
  ['text that is escaped already', escapeMarkdown('a|b'), 'a\\|b'],
  ['a backslash of its own', escapeMarkdown('a\\|b'), 'a\\\\\\|b'],
  ['code with an escaped backslash', inlineCode('a\\\\|b'), '`a\\\\\\|b`'],
])('renderTable keeps in its cell: %s', (_, cell, kept) => {
  expect(renderTable(['a'], [[cell]])).toBe(`| a |\n| --- |\n| ${kept} |`)
})

describe('truncate', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly', 7, 'exactly'],
    ['too long', 4, 'too…'],
    ['ab😀cd', 4, 'ab…'],
  ])('cuts %j to %i', (text, max, cut) => {
    expect(truncate(text, max)).toBe(cut)
  })
})
