import { describe, expect, test } from 'vitest'
import { insertStep, type NewStep, parseReleaseFile, stepIdFor } from '../../src/files.ts'

const FILE = `# why this release
name: Spring
type: release
version_number: '4.20'
metadata: { ticket: REL-42 }
steps:
  deploy:
    # first of all
    - id: backup
      name: Back up
      type: bash
      content: |
        set -eu
        echo backup # keep 30 days
    - { id: migrate, name: Migrate, type: sql, file: steps/m.sql } # slow
  verify: []
`
const STEP: NewStep = {
  id: 'warm',
  category: 'deploy',
  type: 'bash',
  name: 'Warm: the cache',
  content: 'set -eu\necho "warm"\n',
  anchor: null,
}

function idsAfter(step: Partial<NewStep>, text = FILE): readonly string[] {
  const inserted = insertStep(text, { ...STEP, ...step })
  if (!inserted.ok) return [inserted.reason]
  const parsed = parseReleaseFile(inserted.text, { file: 'f.yml', slug: 'spring', readContent: () => 'SELECT 1;' })
  return parsed.ok ? parsed.release.steps.map(({ id }) => id) : parsed.faults.map(({ code }) => code)
}

describe('a step is put', () => {
  test.each<[string, Partial<NewStep>, readonly string[]]>([
    ['behind all others', {}, ['backup', 'migrate', 'warm']],
    ['before its anchor', { anchor: { position: 'before', step: 'backup' } }, ['warm', 'backup', 'migrate']],
    ['behind its anchor', { anchor: { position: 'after', step: 'backup' } }, ['backup', 'warm', 'migrate']],
    ['into an empty category', { category: 'verify' }, ['backup', 'migrate', 'warm']],
    [
      'nowhere when its anchor stands in another category',
      { category: 'verify', anchor: { position: 'after', step: 'backup' } },
      ['unknown-anchor'],
    ],
    ['nowhere when its id is taken', { id: 'migrate' }, ['known-step']],
  ])('%s', (_, step, ids) => {
    expect(idsAfter(step)).toEqual(ids)
  })

  test('into a file without steps', () => {
    expect(idsAfter({}, 'name: Spring\ntype: release\n')).toEqual(['warm'])
  })

  test.each(['- a list', '{', ''])('nowhere into what is no release’s file: %j', (text) => {
    expect(idsAfter({}, text)).toEqual(['not-readable'])
  })
})

test('every line of the file stays as it was', () => {
  const inserted = insertStep(FILE, { ...STEP, anchor: { position: 'after', step: 'backup' } })
  if (!inserted.ok) throw new Error(inserted.reason)
  const before = FILE.split('\n')
  const after = inserted.text.split('\n')
  expect(before.filter((line) => !after.includes(line))).toEqual([])
  expect(after.filter((line) => !before.includes(line)).join('\n')).toContain('name: "Warm: the cache"')
})

test('the content comes back as it was given', () => {
  const content = '#!/bin/bash\n\n  echo ": # \'x\'" \n\ttab\n'
  const inserted = insertStep(FILE, { ...STEP, content })
  const parsed = parseReleaseFile(inserted.ok ? inserted.text : '', { file: 'f.yml', slug: 'spring', readContent: () => 'SELECT 1;' })
  expect(parsed.ok && parsed.release.steps.find(({ id }) => id === 'warm')?.content).toBe(content)
})

test.each([
  ['Warm the cache', 'warm-the-cache'],
  ['  Prüfen & Härten!', 'prufen-harten'],
  ['日本', 'step'],
  ['custom-1', 'step-custom-1'],
  ['Backup', 'backup-2'],
])('the id of %j is %s', (name, id) => {
  expect(stepIdFor(name, new Set(['backup']))).toBe(id)
})
