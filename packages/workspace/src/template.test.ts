import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caught, type Folder, git, type Lab, openFolder, openLab, show } from '../test/lab.ts'
import { readTemplate, type Template, type TemplateRequest } from './index.ts'

let lab: Lab
beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab[Symbol.asyncDispose]())

interface Origin extends Folder {
  readonly name: string
  readonly commit: string
}

const WHEN = '1700000000 +0000'
let count = 0

/** A template on the embedded GitHub whose repository real git has written, with the tag `v1` on its commit. */
async function makeTemplate(
  files: Readonly<Record<string, string>>,
  before: (folder: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<Origin> {
  const folder = await openFolder()
  await git(folder.path, ['init', '--quiet', '--initial-branch=main'])
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, path)), { recursive: true })
    await writeFile(join(folder.path, path), content)
  }
  await git(folder.path, ['add', '--all'])
  await before(folder.path)
  const commit = async (words: string): Promise<string> =>
    git(folder.path, ['commit', '--quiet', '--allow-empty', '-m', words], { GIT_COMMITTER_DATE: WHEN })
  await commit('One')
  await commit('Two')
  await git(folder.path, ['tag', 'v1'])
  const name = `template-${++count}`
  await lab.github.world.addRepository({ owner: 'acme', name, visibility: 'private' })
  const store = lab.github.world.git(`acme/${name}`).directory
  await git(folder.path, ['push', '--quiet', store, 'main', 'v1'])
  return { ...folder, name, commit: await git(folder.path, ['rev-parse', 'HEAD']), [Symbol.asyncDispose]: folder[Symbol.asyncDispose] }
}

const read = (name: string, tag: string, more: Partial<TemplateRequest> = {}): Promise<Template> =>
  readTemplate({ ...lab.remote(name), tag, ...more })

describe('a template', () => {
  test('is read as it is at its tag, in two requests', async () => {
    await using origin = await makeTemplate({ 'README.md': '# ä\n', 'src/[id]/+page.svelte': 'x', empty: '' }, async (folder) => {
      await git(folder, ['update-index', '--chmod=+x', 'empty'])
      const target = await git(folder, ['hash-object', '-w', 'README.md'])
      await git(folder, ['update-index', '--add', '--cacheinfo', `120000,${target},link`])
    })
    const before = lab.asked().length
    const template = await read(origin.name, 'v1')
    expect(lab.asked().slice(before)).toEqual([`GET /acme/${origin.name}.git/info/refs`, `POST /acme/${origin.name}.git/git-upload-pack`])
    expect(template).toMatchObject({ commit: origin.commit, committedAt: 1_700_000_000_000, lfsPointers: [] })
    expect(show(template.tree)).toEqual([
      ['README.md', '100644', Buffer.from('# ä\n').toString('latin1')],
      ['empty', '100755', ''],
      ['link', '120000', Buffer.from('# ä\n').toString('latin1')],
      ['src/[id]/+page.svelte', '100644', 'x'],
    ])
  })

  test('is the tagged one, not what came later; a commit or an annotated tag names it as well', async () => {
    await using origin = await makeTemplate({ a: '1' })
    const store = lab.github.world.git(`acme/${origin.name}`).directory
    await git(origin.path, ['tag', '-a', '-m', 'words', 'annotated'])
    await writeFile(join(origin.path, 'a'), '2')
    await git(origin.path, ['commit', '--quiet', '-am', 'Three'])
    // A branch may be called as a tag is.
    await git(origin.path, ['push', '--quiet', store, 'main', 'annotated', 'main:refs/heads/v1'])
    for (const tag of ['v1', 'annotated', origin.commit]) {
      const { commit, tree } = await read(origin.name, tag)
      expect([commit, show(tree)]).toEqual([origin.commit, [['a', '100644', '1']]])
    }
  })

  test('made of deltas is put together', async () => {
    const lines = Array.from({ length: 400 }, (_, index) => `line ${index} ${(index * 7919) % 1000}`)
    const variants = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`f${index}`, lines.toSpliced(index * 30, 1, `changed ${index}`).join('\n')]),
    )
    await using origin = await makeTemplate(variants)
    await git(lab.github.world.git(`acme/${origin.name}`).directory, ['repack', '-adfq', '--depth=8'])
    expect(
      Object.fromEntries([...(await read(origin.name, 'v1')).tree].map(([path, { content }]) => [path, Buffer.from(content).toString()])),
    ).toEqual(variants)
  })

  test('whose repository was renamed is followed', async () => {
    await using origin = await makeTemplate({ a: '1' })
    const { http } = lab
    const renamed: TemplateRequest = {
      ...lab.remote('old-name'),
      tag: 'v1',
      http: { fetch: (url, init) => http.fetch(init.method === 'GET' ? url.replace('old-name', origin.name) : url, init) },
    }
    expect((await readTemplate(renamed)).commit).toBe(origin.commit)
  })

  test('without a default branch is read by its tag', async () => {
    await using origin = await makeTemplate({ a: '1' })
    await git(lab.github.world.git(`acme/${origin.name}`).directory, ['symbolic-ref', 'HEAD', 'refs/heads/unborn'])
    expect((await read(origin.name, 'v1')).commit).toBe(origin.commit)
  })

  test('with Git LFS pointers names them', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`
    await using origin = await makeTemplate({
      'z.bin': pointer,
      'a.bin': pointer,
      'README.md': `See: ${pointer}`,
      'long.txt': pointer.repeat(20),
    })
    expect((await read(origin.name, 'v1')).lfsPointers).toEqual(['a.bin', 'z.bin'])
  })
})

describe('a template is refused', () => {
  test('when its tag, its repository or the right to see it is missing', async () => {
    await using origin = await makeTemplate({ a: '1' })
    const missing = 'f'.repeat(40)
    expect(await caught(read(origin.name, 'v2'))).toMatchObject({ code: 'TEMPLATE_TAG_MISSING', context: { tag: 'v2' } })
    expect(await caught(read(origin.name, 'main'))).toMatchObject({ code: 'TEMPLATE_TAG_MISSING' })
    expect(await caught(read(origin.name, missing))).toMatchObject({ code: 'TEMPLATE_TAG_MISSING', context: { tag: missing } })
    expect(await caught(read('absent', 'v1'))).toMatchObject({ code: 'TEMPLATE_NOT_FOUND' })
    expect(await caught(read(origin.name, 'v1', { headers: {} }))).toMatchObject({ code: 'TEMPLATE_NOT_FOUND' })
    expect(await caught(read(origin.name, 'v1', lab.remote(origin.name, lab.token('stranger'))))).toMatchObject({
      code: 'TEMPLATE_NOT_FOUND',
    })
    expect(await caught(read(origin.name, 'v1', lab.remote(origin.name, 'ghp_wrong')))).toMatchObject({ code: 'GITHUB_UNAUTHORIZED' })
  })

  test('that has too many files, or too large ones', async () => {
    await using origin = await makeTemplate({ a: '12345', b: '67890' })
    expect(await caught(read(origin.name, 'v1', { limits: { files: 1, bytes: 99 } }))).toMatchObject({ code: 'TEMPLATE_TOO_MANY_FILES' })
    expect(await caught(read(origin.name, 'v1', { limits: { files: 9, bytes: 9 } }))).toMatchObject({ code: 'TEMPLATE_TOO_LARGE' })
    expect((await read(origin.name, 'v1', { limits: { files: 2, bytes: 10 } })).tree.size).toBe(2)
  })

  test('that is small until it is unpacked', async () => {
    await using origin = await makeTemplate({ bomb: '\0'.repeat(60 * 1_024 * 1_024) })
    expect(await caught(read(origin.name, 'v1'))).toMatchObject({ code: 'TEMPLATE_TOO_LARGE' })
  })

  test('that announces more than is allowed, before it is unpacked', async () => {
    await using origin = await makeTemplate({ a: '1' })
    // One blob of 2 GB, by its head; there is nothing behind it that could be unpacked.
    const pack = Buffer.concat([
      Buffer.from('PACK\0\0\0\x02\0\0\0\x01', 'latin1'),
      Buffer.from([0xb0, 0xff, 0xff, 0xff, 0x7f]),
      Buffer.alloc(40),
    ])
    const answer = Buffer.concat([
      Buffer.from('0008NAK\n'),
      Buffer.from((pack.length + 5).toString(16).padStart(4, '0')),
      Buffer.from([1]),
      pack,
      Buffer.from('0000'),
    ])
    const http: TemplateRequest['http'] = {
      fetch: async (url, init) => {
        const asked = await lab.http.fetch(url, init)
        return init.method === 'GET' ? asked : { ...asked, arrayBuffer: () => Promise.resolve(new Uint8Array(answer).buffer) }
      },
    }
    expect(await caught(read(origin.name, 'v1', { http }))).toMatchObject({ code: 'TEMPLATE_TOO_LARGE' })
  })

  test('that holds another repository', async () => {
    await using origin = await makeTemplate({ a: '1' }, (folder) =>
      git(folder, ['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},lib/sub`]),
    )
    expect(await caught(read(origin.name, 'v1'))).toMatchObject({ code: 'TEMPLATE_SUBMODULE', context: { path: 'lib/sub' } })
  })

  test('that has names no tree may have', async () => {
    await using binary = await makeTemplate({ a: '1' }, (folder) =>
      writeFile(Buffer.concat([Buffer.from(`${folder}/f`), Buffer.from([0xff])]), '').then(() => git(folder, ['add', '--all'])),
    )
    expect(await caught(read(binary.name, 'v1'))).toMatchObject({ code: 'TEMPLATE_PATH_NOT_UTF8' })
  })

  test('when whoever waits has given up', async () => {
    await using origin = await makeTemplate({ a: '1' })
    const gone = new AbortController()
    const http: TemplateRequest['http'] = {
      fetch: async (url, init) => {
        gone.abort(new Error('cancelled'))
        return lab.http.fetch(url, init)
      },
    }
    const before = lab.asked().length
    expect(await caught(read(origin.name, 'v1', { http, signal: gone.signal }))).toMatchObject({ message: 'cancelled' })
    expect(lab.asked().length).toBe(before + 1)
  })

  test.each(['error-before', 'lost-answer-before'] as const)(
    'by a failure (%s) as a failure of GitHub, not of the template',
    async (kind) => {
      await using origin = await makeTemplate({ a: '1' })
      for (const route of [/info\/refs/, /git-upload-pack$/]) {
        lab.github.faults.add({ match: { route }, kind })
        expect(await caught(read(origin.name, 'v1'))).toMatchObject({ name: 'GitHubError', retryPolicy: 'rerun' })
      }
    },
  )
})
