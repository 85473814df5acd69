import type { Json, Recorded } from '@switchyard/core'
import { describe, expect, test } from 'vitest'
import { type BootstrapEvent, findPages, joinRepositories, REPOSITORIES_DOCUMENT } from '../src/index.ts'
import { repositoriesView } from '../src/run/views/repositories.ts'

type Pages = ReadonlyMap<string, Json>

/** All documents of the view after these events, each of a run of its own. */
function replay(events: readonly BootstrapEvent[], subjectOf: (at: number) => string): Pages {
  const documents = new Map<string, Json>([[REPOSITORIES_DOCUMENT, repositoriesView.initial]])
  events.forEach((event, at) => {
    const recorded: Recorded<BootstrapEvent> = { ...event, ...HEADER, subject: subjectOf(at) }
    const { document, pages = {} } = repositoriesView.evolve(documents.get(REPOSITORIES_DOCUMENT) ?? null, recorded)
    documents.set(REPOSITORIES_DOCUMENT, document)
    for (const [name, page] of Object.entries(pages)) documents.set(name, page)
  })
  return documents
}

const HEADER = {
  seq: 1,
  id: '0'.repeat(32),
  at: 0,
  actor: { login: 'maintainer', kind: 'user' },
  correlation_id: 'c',
  run: { repository: 'acme/control', run_id: 1, run_attempt: 1, job: 'bootstrap', url: 'u' },
} as const
const created = (id: number, full_name: string): BootstrapEvent => ({
  type: 'bootstrap.repository-created',
  data: { run_id: `r${id}`, repository: { id, full_name, url: 'u', created_at: 0 } },
})
const deleted = (run_id: string): BootstrapEvent => ({ type: 'bootstrap.cleaned', data: { run_id, outcome: 'deleted', by: 'maintainer' } })
const namesIn = (documents: Pages): readonly string[] => {
  const open = documents.get(REPOSITORIES_DOCUMENT)
  return joinRepositories([...findPages(open).map((page) => documents.get(page)), open])
}

describe('repositories that were made', () => {
  test('are all found, over as many pages as they take', () => {
    const names = Array.from({ length: 1_203 }, (_, at) => `acme/r${at}`)
    const documents = replay(
      names.map((name, at) => created(at, name)),
      (at) => names[at] ?? '',
    )
    expect([...documents.keys()]).toEqual(['repositories', 'repositories/1', 'repositories/2'])
    expect(namesIn(documents)).toEqual(names)
  })

  test('count once, by the name they were given last', () => {
    expect(namesIn(replay([created(1, 'acme/a'), created(2, 'acme/b'), created(1, 'acme/c')], () => 'acme/a'))).toEqual([
      'acme/b',
      'acme/c',
    ])
  })

  test('are none any more when they were cleaned up', () => {
    expect(namesIn(replay([created(1, 'Acme/A'), created(2, 'acme/b'), deleted('r1')], () => 'acme/a'))).toEqual(['acme/b'])
  })
})
