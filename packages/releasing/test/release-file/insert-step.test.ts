import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
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
const fileShape = z.object({ steps: z.object({ deploy: z.array(z.looseObject({ id: z.string() })) }) })
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

const deployOf = (text: string): readonly { readonly id: string }[] => fileShape.parse(parse(text)).steps.deploy

describe('however the file is written', () => {
  const STYLES = {
    'no indentation':
      'name: "S"\nsteps:\n  deploy: # now\n  - id: a\n    name:   A\n\n\n  # b\n  # and more of it\n  -   {id: b}   # slow\n  verify: [ ]\n',
    'lines that end in CRLF':
      'name: S\r\nsteps:\r\n  deploy: # now\r\n    - id: a\r\n      content: |\r\n        one\r\n\r\n    # b\r\n    - id: b\r\n',
    'no last line':
      'steps:\n  deploy:\n    - id: a\n    - {id: b, content: "a very long one that would be folded if it were written anew, which nobody wants to read"}',
    'blank lines that are kept':
      'steps:\n  deploy:\n    - id: a\n      content: |+\n        one\n\n\n    - id: b\n      content: |+\n        two\n\n\nname: S\n',
  }
  const PLACES: readonly NewStep['anchor'][] = [
    null,
    ...(['before', 'after'] as const).flatMap((position) => ['a', 'b'].map((step) => ({ position, step }))),
  ]

  test.each(Object.entries(STYLES))('with %s: every other line stays, in its order', (_, text) => {
    for (const anchor of PLACES) {
      const inserted = insertStep(text, { ...STEP, content: '  set -eu\n\necho\n', anchor })
      if (!inserted.ok) throw new Error(inserted.reason)
      const at = inserted.text.search(/^ *- id: warm\r?$/m)
      const end = inserted.text.indexOf('echo', at) + (text.includes('\r\n') ? 6 : 5)
      const rest = inserted.text.slice(0, at) + inserted.text.slice(end)
      expect(rest.trimEnd()).toBe(text.trimEnd())
      const steps = deployOf(inserted.text).map(({ id }) => id)
      const order = anchor === null ? ['a', 'b', 'warm'] : ['a', 'b'].flatMap((id) => orderOf(id, anchor))
      expect(steps).toEqual(order)
    }
  })

  const orderOf = (id: string, { position, step }: NonNullable<NewStep['anchor']>): readonly string[] =>
    id !== step ? [id] : position === 'before' ? ['warm', id] : [id, 'warm']

  test.each(['steps: {deploy: [{id: a}, {id: b}]}\n', 'steps:\n  deploy:\n    -\n      id: a\n    - &b\n      id: b\n'])(
    'what is not written a line an item is written anew: %j',
    (text) => {
      for (const anchor of PLACES) {
        const inserted = insertStep(text, { ...STEP, anchor })
        expect(deployOf(inserted.ok ? inserted.text : '')).toContainEqual({
          id: 'warm',
          name: STEP.name,
          type: STEP.type,
          content: STEP.content,
        })
      }
    },
  )
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
