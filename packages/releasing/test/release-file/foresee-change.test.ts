import { describe, expect, it } from 'vitest'
import { compareReleaseFiles, foreseeChange } from '../../src/files.ts'
import { matrixDocument, parseMatrix, type ReleaseFile, type TemplateStep } from '../../src/index.ts'
import { activate } from '../board/board-stage.ts'
import { SLUG, stepOf } from '../release-stage.ts'

const STEPS = [stepOf('build'), stepOf('migrate'), stepOf('smoke', { category: 'verify' })]
const fileOf = (steps: readonly TemplateStep[], facts: Partial<ReleaseFile> = {}): ReleaseFile => ({
  slug: SLUG,
  name: 'Spring',
  type: 'release',
  versionNumber: '1.10',
  releaseDate: undefined,
  description: '',
  metadata: {},
  ref: undefined,
  steps,
  ...facts,
})

/** What is said before it is pushed, and what the copies are after it. */
function foreseen(now: ReleaseFile) {
  const stage = activate({ steps: STEPS })
  stage.ask('eu-1/acme', { kind: 'done', step: 'migrate', notes: null })
  stage.ask('eu-1/beta', { kind: 'override', step: 'migrate', content: 'own' })
  const matrix = parseMatrix(stage.documents.get(matrixDocument(SLUG)))
  const change = compareReleaseFiles(fileOf(STEPS), now)
  const lines = (known: typeof matrix | undefined) => foreseeChange(change, known).map(({ step, words }) => `${step ?? ''}: ${words}`)
  return { known: lines(matrix), unknown: lines(undefined) }
}

describe('what a change of a release’s file would do', () => {
  it('tells of how many copies a changed step reaches, and which stay as they are', () => {
    const { known, unknown } = foreseen(fileOf(STEPS.map((step) => (step.id === 'migrate' ? { ...step, name: 'New', type: 'sql' } : step))))
    expect(known).toEqual([
      'migrate: gets another name and type, in 1 pending copy; 1 carried out and 1 with content of its own stay as they are',
    ])
    expect(unknown).toEqual(['migrate: gets another name and type, where it is pending'])
  })

  it('tells that pending copies go with their step, overridden ones too, and new ones are for everybody', () => {
    const { known, unknown } = foreseen(fileOf([...STEPS.filter(({ id }) => id !== 'migrate'), stepOf('warm-up', { category: 'verify' })]))
    expect(known).toEqual([
      'warm-up: is added, pending for 3 customers',
      'migrate: is removed with 2 pending copies; 1 carried out stay, without template',
    ])
    expect(unknown).toEqual(['warm-up: is added', 'migrate: is removed, where it is pending'])
  })

  it('tells what is put elsewhere', () => {
    const moved = [stepOf('migrate'), stepOf('build'), stepOf('smoke')]
    expect(foreseen(fileOf(moved)).known).toEqual([
      expect.stringMatching(/^(migrate|build): stands elsewhere$/),
      'smoke: goes from verify to deploy',
    ])
  })

  it('tells what follows of the release itself, and that another ref changes nothing', () => {
    const now = fileOf(STEPS, { name: 'Summer', metadata: { ticket: 1 }, ref: 'v2' })
    expect(foreseen(now).known).toEqual([
      ': another name, metadata, on its board and in the list',
      ': another ref, which changes nothing: its commit is settled since it was activated',
    ])
    expect(foreseen(fileOf(STEPS)).known).toEqual([])
  })
})
