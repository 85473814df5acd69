import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseReleaseFile } from '../../src/files.ts'
import { MALFORMED } from './malformed-table.ts'

const folder = new URL('./malformed/', import.meta.url)

it('knows every file of the folder', () => {
  const known = Object.keys(MALFORMED).map((name) => `${name}.yml`)
  expect(readdirSync(folder).sort()).toEqual(known.sort())
})

it.each(Object.entries(MALFORMED))('%s is refused with every fault at its place', (name, expected) => {
  const parsed = parseReleaseFile(readFileSync(new URL(`${name}.yml`, folder), 'utf8'), { file: 'f.yml', slug: 's' })
  const faults = parsed.ok ? [] : parsed.faults
  expect(faults.map(({ place, code, message }) => [place?.line, place?.column, code, message])).toEqual(expected)
  expect(faults.every(({ severity, hint }) => severity === 'error' && hint !== undefined && hint !== '')).toBe(true)
})
