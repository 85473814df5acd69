import { isJsonObject } from '@switchyard/core'
import { expect, it } from 'vitest'
import { RELEASES_PAGE } from '../src/release/views/releases.ts'
import { customerOf, FACTS, Stage, stepOf } from './release-stage.ts'

function factsOf(slug: string) {
  return { ...FACTS, slug, name: `Release ${slug}`, version_number: slug }
}

function begin(stage: Stage, slug: string): void {
  stage.slug = slug
  stage.ask(undefined, { kind: 'activate', facts: factsOf(slug), steps: [stepOf('a')], customers: [customerOf('eu-1/acme')] })
}

function archive(stage: Stage, slug: string): void {
  stage.slug = slug
  stage.ask(undefined, { kind: 'archive', facts: factsOf(slug) })
}

function entriesOf(stage: Stage, document: string): readonly unknown[] {
  const found = stage.documents.get(document)
  return isJsonObject(found) && Array.isArray(found['entries']) ? found['entries'] : []
}

it('a release keeps its name, type and version when it is archived after a page was closed', () => {
  const stage = new Stage()
  begin(stage, 'old')
  for (let at = 0; at < RELEASES_PAGE; at += 1) archive(stage, `r${at}`)
  begin(stage, 'new')
  expect(stage.documents.get('releases')).toMatchObject({
    pages: 1,
    entries: [
      { slug: 'old', status: 'active' },
      { slug: 'new', status: 'active' },
    ],
  })
  archive(stage, 'old')
  expect(entriesOf(stage, 'releases')).toMatchObject([
    { slug: 'old', name: 'Release old', type: 'release', version_number: 'old', status: 'archived' },
    { slug: 'new', status: 'active' },
  ])
})

it('a closed page holds what is archived alone, so that nothing on it changes any more', () => {
  const stage = new Stage()
  begin(stage, 'going-on')
  for (let at = 0; at < RELEASES_PAGE - 1; at += 1) archive(stage, `r${at}`)
  expect(stage.documents.has('releases/1')).toBe(false)
  archive(stage, 'last')
  const closed = entriesOf(stage, 'releases/1')
  expect(closed).toHaveLength(RELEASES_PAGE)
  expect(closed).toEqual(closed.map(() => expect.objectContaining({ status: 'archived' })))
  expect(closed.at(-1)).toMatchObject({ slug: 'last', name: 'Release last', version_number: 'last' })
})
