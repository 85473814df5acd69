import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type BootstrapStage,
  createBootstrapStage,
  createPlanter,
  type Planter,
  type RawEntry,
  refusedBy,
  sample,
  type Tried,
  tryBoth,
} from '../src/index.ts'

let stage: BootstrapStage
let planter: Planter
beforeAll(async () => {
  stage = await createBootstrapStage({ templateFiles: 0 })
  planter = createPlanter(stage)
})
afterAll(() => stage.close())

const SOUND: readonly RawEntry[] = [
  { name: 'README.md', content: '# {{ repo.name }}\n' },
  { name: 'package.json', content: '{\n  "name": "template",\n  "version": "0.0.0"\n}\n' },
]
const file = (name: string | Buffer): RawEntry => ({ name, content: 'x\n' })
const folder = (name: string, ...entries: readonly RawEntry[]): RawEntry => ({
  name,
  entries: entries.length === 0 ? [file('inside')] : entries,
})
const link = (name: string, content: string | Buffer): RawEntry => ({ name, mode: '120000', content })

/** Plants a template, and has it previewed and created: both must refuse it alike and leave nothing behind. */
async function plantAndTry(tree: string, code: string): Promise<Tried> {
  await planter.tag(tree)
  return tryBoth(stage, code)
}

const unsafe = (code: string, ...entries: readonly RawEntry[]): readonly [string, string, readonly RawEntry[]] => [
  'template-unsafe',
  code,
  entries,
]
const names: Readonly<Record<string, readonly [string, string, readonly RawEntry[]]>> = {
  '`..` as a folder': unsafe('path-parent', folder('..')),
  '`..` in a folder': unsafe('path-parent', folder('a', folder('..'))),
  '`..` and a space': unsafe('path-parent', file('.. ')),
  '`..` with an unseen character': unsafe('path-parent', file('.\u200b.')),
  '`...`': unsafe('path-parent', folder('...')),
  '`.`': unsafe('path-dot-segment', folder('.')),
  'a slash within a name': ['template-path-unsafe', 'TEMPLATE_PATH_UNSAFE', [file('../../etc/passwd')]],
  'a name that begins with a slash': ['template-path-unsafe', 'TEMPLATE_PATH_UNSAFE', [file('/etc/passwd')]],
  'a name that stands there twice': [
    'template-path-unsafe',
    'TEMPLATE_PATH_UNSAFE',
    [file('twice'), { name: 'twice', content: 'other\n' }],
  ],
  'a backslash': unsafe('path-backslash', file('..\\..\\evil')),
  'a drive': unsafe('path-absolute', folder('C:', file('evil'))),
  '`.git`': unsafe('path-git', folder('.git', file('config'))),
  '`.GIT`': unsafe('path-git', folder('.GIT', file('config'))),
  '`.gIt` below a folder': unsafe('path-git', folder('a', folder('.gIt', file('config')))),
  '`.git` and a space': unsafe('path-git', folder('.git ')),
  '`.git` and a dot': unsafe('path-git', folder('.git.')),
  '`.git` and a stream': unsafe('path-git', folder('.git::$INDEX_ALLOCATION')),
  'the short name of `.git`': unsafe('path-git', folder('GIT~1')),
  '`.git` with an unseen character': unsafe('path-git', folder('.g\u200cit')),
  '`.git` in wide letters': unsafe('path-git', folder('．ｇｉｔ')),
  'a line break': unsafe('path-newline', file('a\n::error::b')),
  'a line separator': unsafe('path-newline', file('a\u2028b')),
  'a control character': unsafe('path-control-character', file('a\u001b[31mb')),
  'a turn of direction': unsafe('path-control-character', file('a\u202etxt.exe')),
  'bytes that are no UTF-8': ['template-path-not-utf8', 'TEMPLATE_PATH_NOT_UTF8', [file(Buffer.from('f\xff', 'latin1'))]],
  'a name of 256 bytes': unsafe('name-too-long', file('n'.repeat(256))),
  'names that differ in case': unsafe('names-differ-in-case', file('Makefile'), file('makefile')),
  'folders that differ in case': unsafe('names-differ-in-case', folder('Lib'), folder('lib')),
  'names that differ in composition': unsafe('names-differ-in-case', file('caf\u00e9'), file('cafe\u0301')),
  'a file and a folder that differ in case': unsafe('names-differ-in-case', file('Bin'), folder('bin')),
  'a file below a link of another case': unsafe('names-differ-in-case', link('Out', 'lib'), folder('lib'), folder('out')),
  'a link to an absolute path': unsafe('link-absolute', link('out', '/etc/passwd')),
  'a link to a drive': unsafe('link-absolute', link('out', 'C:/Windows')),
  'a link out of the tree': unsafe('link-leaves-tree', link('out', '../outside')),
  'a link out of the tree by a way through it': unsafe('link-leaves-tree', folder('a', link('out', '../a/../../outside'))),
  'a link out of the tree through another': unsafe(
    'link-leaves-tree',
    folder('a', folder('b', link('up', '../..'))),
    link('out', 'a/b/up/../x'),
  ),
  'a link into `.git`': unsafe('link-into-git', link('hook', '.GIT/hooks')),
  'a link to itself': unsafe('link-loop', link('me', 'me')),
  'links in a circle': unsafe('link-loop', link('left', 'right'), link('right', 'left')),
  'a link with a line break': unsafe('link-not-a-path', link('out', 'a\nb')),
  'a link with a NUL': unsafe('link-not-a-path', link('out', Buffer.from('a\0b', 'latin1'))),
  'a link in the place of `.gitmodules`': unsafe('link-special-file', link('.gitmodules', 'README.md')),
  'a submodule': ['template-submodule', 'TEMPLATE_SUBMODULE', [{ name: 'lib', mode: '160000', oid: '1'.repeat(40) }]],
}

test.each(sample(Object.entries(names)))('a template with %s is refused, and nothing is written', async (_, [reason, code, entries]) => {
  expect(await plantAndTry(await planter.tree([...SOUND, ...entries]), code)).toEqual(refusedBy(reason))
})

test('one of folders in folders, 200 deep, is refused', async () => {
  const deep = Array.from({ length: 200 }).reduce<RawEntry>((inner) => folder('d', inner), file('f'))
  expect(await plantAndTry(await planter.tree([...SOUND, deep]), 'path-too-deep')).toEqual(refusedBy('template-unsafe'))
})

test.each([
  ['files', '100644'],
  ['folders', '40000'],
] as const)('a few objects that stand for ten thousand million %s are refused before they are counted', async (kind, mode) => {
  let oid = kind === 'files' ? await planter.blob('x') : await planter.tree([])
  for (let level = 0; level < 10; level += 1) {
    const each = oid
    const entries = Array.from({ length: 10 }, (_, at): RawEntry => ({ name: `f${at}`, mode: level === 0 ? mode : '40000', oid: each }))
    oid = await planter.tree(entries)
  }
  expect(await plantAndTry(oid, 'TEMPLATE_TOO_MANY_FILES')).toEqual(refusedBy('template-too-many-files'))
})

test('one of 10,000 files is refused', async () => {
  expect(
    await plantAndTry(
      await planter.tree(Array.from({ length: 10_000 }, (_, at) => file(`f${String(at).padStart(5, '0')}`))),
      'TEMPLATE_TOO_MANY_FILES',
    ),
  ).toEqual(refusedBy('template-too-many-files'))
})

test.each([
  ['that is 60 MB on the way', () => randomBytes(60_000_000)],
  ['that is 60 MB once it is unpacked', () => Buffer.alloc(60_000_000)],
])('one with a file %s is refused', async (_, content) => {
  expect(await plantAndTry(await planter.tree([...SOUND, { name: 'large.bin', content: content() }]), 'TEMPLATE_TOO_LARGE')).toEqual(
    refusedBy('template-too-large'),
  )
})

test.each([
  ['a kind of file that there is not', { name: 'odd', mode: '60000', content: 'x' }],
  // Git itself does not hand it out.
  ['an empty name', folder('')],
  ['a folder that is a file', { name: 'odd', mode: '40000', content: 'x' }],
] as const)('one with %s is no answer that git servers give, and not a fault of ours', async (_, entry) => {
  expect(await plantAndTry(await planter.tree([...SOUND, entry]), 'GITHUB_UNEXPECTED')).toEqual(refusedBy('github-unexpected'))
})
