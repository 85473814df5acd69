import { describe, expect, it } from 'vitest'
import { renderCode, showUnseen } from './index.ts'

const style = { language: 'bash', max: 100 }

describe('renderCode', () => {
  it.each([
    ['echo', '```bash\necho\n```'],
    ['a\r\n\tb', '```bash\na\n\tb\n```'],
    ['````\nout', '`````bash\n````\nout\n`````'],
    ['`'.repeat(101), '```bash\n⟨101 backticks⟩\n```'],
  ])('puts %j into a fence that ends where it should', (content, text) => {
    expect(renderCode(content, style)).toEqual({ text, hasUnseen: false, cut: 0 })
  })

  it('counts what it leaves out, at whole characters', () => {
    expect(renderCode('abc😀def', { language: '', max: 5 })).toEqual({ text: '```\nabc…\n```', hasUnseen: false, cut: 5 })
    expect(renderCode('abcde', { language: '', max: 5 }).cut).toBe(0)
  })

  it('says that it shows what nobody sees', () => {
    expect(renderCode('\u202e', style)).toMatchObject({ text: '```bash\n⟨U+202E⟩\n```', hasUnseen: true })
  })
})

describe('showUnseen', () => {
  it.each([
    ['\u0000\u200b\u2028\ud83d', '⟨U+0000⟩⟨U+200B⟩⟨U+2028⟩⟨U+D83D⟩'],
    ['\ttab\nline', '\ttab\nline'],
    ['👩‍💻', '👩⟨U+200D⟩💻'],
  ])('of %j', (text, shown) => {
    expect(showUnseen(text)).toBe(shown)
  })

  it('leaves joined emoji whole where that is wanted', () => {
    expect(showUnseen('👩‍💻\u200b', { keepsJoiners: true })).toBe('👩‍💻⟨U+200B⟩')
  })
})
