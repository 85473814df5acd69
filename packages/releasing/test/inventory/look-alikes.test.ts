import { expect, it } from 'vitest'
import { findLookAlike } from '../../src/files/look-alikes.ts'

it.each([
  'Acme',
  'Société Générale',
  'Ünal',
  'U\u0308nal',
  'Общество',
  'Ελλάδα',
  '株式会社アクメ',
  'アクメ ABC',
  '한국',
  'אבג',
  '123',
  'Łódź & Co.',
  'Straße',
])('%s is itself', (name) => {
  expect(findLookAlike(name)).toBeUndefined()
})

it.each([
  ['Асme', 'it holds `А` (U+0410), a Cyrillic letter among others'],
  ['acmе', 'it holds `е` (U+0435), a Cyrillic letter among others'],
  ['асе', 'it holds `а` (U+0430), a Cyrillic letter, and only letters that look Latin'],
  ['ΑΒΕ 2', 'it holds `Α` (U+0391), a Greek letter, and only letters that look Latin'],
  ['Ｍega', 'it holds `Ｍ` (U+FF2D), which is read as `M`'],
  ['𝐀cme', 'it holds `𝐀` (U+1D400), which is read as `A`'],
  ['ﬁsh', 'it holds `ﬁ` (U+FB01), which is read as `fi`'],
  ['ΩмБ', 'it holds `Ω` (U+03A9), a Greek letter among others'],
])('%s can be taken for another', (name, why) => {
  expect(findLookAlike(name)).toBe(why)
})
