import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findContentFiles, parseReleaseFile, type ReadContent } from '../../src/files.ts'

const file = 'release/releases/r.yml'
const read = (name: string): string => readFileSync(new URL(`./valid/${name}.yml`, import.meta.url), 'utf8')
const readContent: ReadContent = (path) => (path === 'release/steps/migrate.sql' ? 'select 1;\r\n' : undefined)

const step = { id: 'a', name: 'A', type: 'bash', content: 'x' }
const release = (...deploy: readonly object[]): string => JSON.stringify({ name: 'R', type: 'release', steps: { deploy } })
const faultsOf = (text: string, contents: Readonly<Record<string, string>> = {}) => {
  const parsed = parseReleaseFile(text, { file, slug: 'r', readContent: (path) => contents[path] })
  return parsed.ok ? [] : parsed.faults
}
const codesOf = (text: string, contents?: Readonly<Record<string, string>>): readonly string[] =>
  faultsOf(text, contents).map(({ code }) => code)

describe('a sound file', () => {
  it('has every default of the contract filled in', () => {
    expect(parseReleaseFile(read('smallest'), { file, slug: 'r' })).toEqual({
      ok: true,
      warnings: [],
      release: {
        slug: 'r',
        name: 'R',
        type: 'release',
        versionNumber: '',
        releaseDate: undefined,
        description: '',
        metadata: {},
        ref: undefined,
        steps: [],
      },
    })
  })

  it('has deploy steps, then verify steps, with the contents of named files', () => {
    const parsed = parseReleaseFile(read('everything'), { file, slug: '2026-11', readContent })
    expect(parsed.ok && parsed.release).toEqual({
      slug: '2026-11',
      name: 'November — the second',
      type: 'hotfix',
      versionNumber: '1.10',
      releaseDate: '2026-11-21',
      description: 'What it is about.\n',
      metadata: { ticket: 17 },
      ref: 'release/1.10',
      steps: [
        { id: 'announce', category: 'deploy', name: 'Tell the customer', type: 'text', content: 'Write to them.', description: '' },
        {
          id: 'migrate.db_1',
          category: 'deploy',
          name: 'Migrate the database',
          type: 'sql',
          content: 'select 1;\r\n',
          description: 'Takes a minute.',
        },
        {
          id: 'smoke',
          category: 'verify',
          name: 'Smoke: all @pages',
          type: 'bash',
          content: 'set -e\ncurl --fail "$URL"\n',
          description: '',
        },
        { id: 'Same-File', category: 'verify', name: 'Again', type: 'sql', content: 'select 1;\r\n', description: '' },
      ],
    })
  })
})

describe('metadata', () => {
  const withMetadata = (metadata: object): string => JSON.stringify({ name: 'R', type: 'release', metadata })

  it('is kept whole, whatever is in it', () => {
    const metadata = { ticket: 17, owners: ['a', { b: null }], on: true }
    const parsed = parseReleaseFile(withMetadata(metadata), { file, slug: 'r' })
    expect(parsed.ok && parsed.release.metadata).toEqual(metadata)
  })

  it('goes with every record of the release, and is no place for much', () => {
    expect(codesOf(withMetadata({ long: 'x'.repeat(9_980) }))).toEqual([])
    expect(codesOf(withMetadata({ long: 'x'.repeat(10_000) }))).toEqual(['metadata-too-large'])
  })
})

describe('the files of contents', () => {
  it('can be asked for first, each once', () => {
    expect(findContentFiles(read('everything'))).toEqual(['release/steps/migrate.sql'])
    expect(findContentFiles(read('smallest'))).toEqual([])
  })

  it('are told of a file with faults too, but for unsafe paths', () => {
    expect(
      findContentFiles(JSON.stringify({ steps: { verify: [{ file: 'b' }], deploy: [{ file: '../a' }, { file: 'a' }, { file: 1 }, 7] } })),
    ).toEqual(['release/a', 'release/b'])
    for (const text of ['', '{', 'steps: 1', 'steps: [1]']) expect(findContentFiles(text)).toEqual([])
  })

  it('are those that parsing asks for', () => {
    const asked = new Set<string>()
    parseReleaseFile(read('everything'), { file, slug: 'r', readContent: (path) => void asked.add(path) })
    expect([...asked]).toEqual(findContentFiles(read('everything')))
  })

  it('have their faults at their own places', () => {
    const text = release({ ...step, content: undefined, file: 'a.sh' })
    const place = (contents: string) =>
      faultsOf(text, { 'release/a.sh': contents }).map(({ code, place: at }) => [code, at?.file, at?.line, at?.column])
    expect(place('echo 1\necho \u202e2\n')).toEqual([['hidden-character', 'release/a.sh', 2, 6]])
    expect(place('set -e\r\n')).toEqual([['carriage-return', 'release/a.sh', 1, 7]])
    expect(place('\ufeffset -e\n')).toEqual([['byte-order-mark', 'release/a.sh', 1, 1]])
    expect(place('')).toEqual([['empty', 'release/a.sh', 1, 1]])
    expect(place('x'.repeat(65_537))).toEqual([['content-too-large', 'release/a.sh', 1, 1]])
    expect(place('x'.repeat(65_536))).toEqual([])
  })

  it('named by a path of the repository in place of one below release are pointed at', () => {
    expect(faultsOf(release({ ...step, content: undefined, file: 'release/a.sh' })).map(({ hint }) => hint)).toEqual([
      'Leave `release/` out: files are looked up there.',
    ])
  })
})

describe('a file that is too much', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => ({ ...step, id: `s${at}` }))

  it('may have two hundred steps, deploy and verify together, and no more', () => {
    expect(codesOf(release(...many(200)))).toEqual([])
    expect(codesOf(release(...many(201)))).toEqual(['too-many-steps'])
    expect(codesOf(JSON.stringify({ steps: { deploy: many(101), verify: many(100) } }))).toEqual(['too-many-steps'])
  })

  it('may have 64 KiB a step, in bytes', () => {
    expect(codesOf(release({ ...step, content: 'x'.repeat(65_536) }))).toEqual([])
    expect(codesOf(release({ ...step, content: 'x'.repeat(65_537) }))).toEqual(['too-long'])
    expect(codesOf(release({ ...step, content: 'ü'.repeat(32_769) }))).toEqual(['content-too-large'])
  })

  it('may have 400,000 bytes in all, those of named files too', () => {
    const named = (count: number) => many(count).map(({ content: _, ...each }) => ({ ...each, file: 'a' }))
    expect(codesOf(release(...named(8)), { 'release/a': 'x'.repeat(50_000) })).toEqual([])
    expect(codesOf(release(...named(8), step), { 'release/a': 'x'.repeat(50_000) })).toEqual(['contents-too-large'])
    expect(codesOf(`name: R\n#${'x'.repeat(400_000)}`)).toEqual(['file-too-large'])
  })

  it('may have names of 160 characters and descriptions of 2,000', () => {
    expect(codesOf(release({ ...step, name: 'x'.repeat(160), description: 'x'.repeat(2_000) }))).toEqual([])
    expect(codesOf(release({ ...step, name: 'x'.repeat(161), description: 'x'.repeat(2_001) }))).toEqual(['too-long', 'too-long'])
  })
})

it('names may hold mentions and markup, which renderings escape, but no line breaks', () => {
  expect(codesOf(release({ ...step, name: '@all <img> [x](y) `z`' }))).toEqual([])
  expect(codesOf(release({ ...step, name: 'a\nb' }))).toEqual(['not-one-line'])
})

it('faults of the slug, the file and the contents are told together', () => {
  const parsed = parseReleaseFile(release({ ...step, content: undefined, file: 'a' }, { ...step, id: '-' }), {
    file,
    slug: 'R',
    readContent: () => 'a\u0000',
  })
  expect(parsed.ok ? [] : parsed.faults.map(({ code }) => code)).toEqual(['bad-slug', 'bad-id', 'hidden-character'])
})

it('whatever text it is given, it answers', () => {
  const part = fc.constantFrom(
    'name: a\n',
    'type: release\n',
    'steps:\n',
    '  deploy:\n',
    '    - ',
    'id: a\n',
    '{',
    '}',
    '"',
    '*a',
    '&a ',
    'content: |\n',
    'file: ../a\n',
    '\u0000',
  )
  fc.assert(
    fc.property(
      fc.array(part).map((parts) => parts.join('')),
      (text) => {
        const parsed = parseReleaseFile(text, { file, slug: 'r' })
        expect(parsed.ok || parsed.faults.length > 0).toBe(true)
        expect(Array.isArray(findContentFiles(text))).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
