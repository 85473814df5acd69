import { expect, test } from 'vitest'
import { findArchivedSince } from '../src/index.ts'
import type { Command } from '../src/release/command.ts'
import { releaseSubject } from '../src/release/subjects.ts'
import { customerOf, FACTS, SLUG, Stage, stepOf } from './release-stage.ts'

const entry = (slug: string, status: string, at: string) => ({ slug, status, at })

test('archived releases are told as of a time, from what the view holds', () => {
  const entries = [
    entry('old', 'archived', '2026-11-19T00:00:00.000Z'),
    entry('just', 'archived', '2026-11-20T00:00:00.000Z'),
    entry('running', 'active', '2026-11-21T00:00:00.000Z'),
    entry('lately', 'archived', '2026-11-21T00:00:00.000Z'),
    { slug: 'broken', status: 'archived' },
    null,
  ]
  expect(findArchivedSince({ pages: 0, entries }, Date.parse('2026-11-20T00:00:00Z'))).toEqual(['just', 'lately'])
  expect(findArchivedSince(undefined, 0)).toEqual([])
})

test('a comment that is answered late does not open again what was handled since', () => {
  const stage = new Stage()
  stage.ask(undefined, { kind: 'activate', facts: FACTS, steps: [stepOf('build')], customers: [customerOf('eu-1/acme')] })
  const handle = (created_at: string, id: number): Command => ({
    kind: 'handle-comments',
    issue: 2,
    cursor: { created_at, id },
    refused: null,
  })
  const cursors = () => stage.state(releaseSubject(SLUG)).release?.cursors
  stage.ask(undefined, handle('2026-11-20T10:00:00Z', 7))
  for (const [at, id] of [
    ['2026-11-20T09:00:00Z', 9],
    ['2026-11-20T10:00:00Z', 6],
  ] as const) {
    stage.ask(undefined, handle(at, id))
    expect(cursors()).toEqual({ 2: { created_at: '2026-11-20T10:00:00Z', id: 7 } })
  }
  stage.ask(undefined, handle('2026-11-20T10:00:00Z', 8))
  expect(cursors()).toEqual({ 2: { created_at: '2026-11-20T10:00:00Z', id: 8 } })
})
