import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseDispatching } from '../src/config.ts'
import { MALFORMED } from './malformed-table.ts'

const folder = new URL('./malformed/', import.meta.url)

it('knows every file of the folder', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(MALFORMED).map((name) => `${name}.yml`).sort())
})

it.each(Object.entries(MALFORMED))('%s is refused with every fault at its place', (name, expected) => {
  const text = readFileSync(new URL(`${name}.yml`, folder), 'utf8')
  const parsed = parseDispatching(text, { file: 'f.yml', owner: 'acme' })
  expect(parsed.ok).toBe(false)
  const faults = parsed.ok ? [] : parsed.faults
  expect(faults.map(({ place, code, message }) => [place?.line, place?.column, code, message])).toEqual(expected)
  expect(faults.every(({ severity, hint }) => severity === 'error' && hint !== '')).toBe(true)
})
