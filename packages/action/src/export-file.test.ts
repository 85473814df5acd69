import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { prepareExportFile, writeExport } from './export-file.ts'

let top: string
let workspace: string
let outside: string
beforeEach(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'export-')))
  workspace = join(top, 'workspace')
  outside = join(top, 'outside')
  await Promise.all([mkdir(workspace), mkdir(outside)])
})
afterEach(() => rm(top, { recursive: true, force: true }))

const exportTo = async (given: string): Promise<string> => {
  const file = await prepareExportFile({ workspace, path: given, input: 'export-path' })
  await writeExport(file, 'events')
  return file.name
}

it.each(['a.jsonl', 'out/deep/a.jsonl', '..x', '..out/a.jsonl', './out/../a.jsonl'])('writes to %s', async (given) => {
  const name = await exportTo(given)
  expect(await readFile(join(workspace, name), 'utf8')).toBe('events')
})

it('takes the place of what an earlier export wrote', async () => {
  await writeFile(join(workspace, 'a.jsonl'), 'many more events')
  await exportTo('a.jsonl')
  expect(await readFile(join(workspace, 'a.jsonl'), 'utf8')).toBe('events')
})

it('follows a link that stays in the workspace', async () => {
  await mkdir(join(workspace, 'real'))
  await symlink(join(workspace, 'real'), join(workspace, 'link'))
  await exportTo('link/a.jsonl')
  expect(await readFile(join(workspace, 'real', 'a.jsonl'), 'utf8')).toBe('events')
})

it('works where the workspace itself is reached through a link', async () => {
  const link = join(top, 'link')
  await symlink(workspace, link)
  await writeExport(await prepareExportFile({ workspace: link, path: 'out/a.jsonl', input: 'export-path' }), 'events')
  expect(await readFile(join(workspace, 'out', 'a.jsonl'), 'utf8')).toBe('events')
})

it.each(['.', '..', '../a.jsonl', 'out/../../a.jsonl', '/a.jsonl'])('refuses %s, which is not below the workspace', async (given) => {
  await expect(exportTo(given)).rejects.toMatchObject({ code: 'EXPORT_PATH_OUTSIDE' })
})

it.each(['link/a.jsonl', 'link/made/a.jsonl', 'file-link'])(
  'refuses %s, which leads out through a link, and makes nothing there',
  async (given) => {
    await writeFile(join(outside, 'kept'), 'kept')
    await symlink(outside, join(workspace, 'link'))
    await symlink(join(outside, 'kept'), join(workspace, 'file-link'))
    await expect(exportTo(given)).rejects.toMatchObject({ code: 'EXPORT_PATH_OUTSIDE' })
    expect(await readdir(outside)).toEqual(['kept'])
    expect(await readFile(join(outside, 'kept'), 'utf8')).toBe('kept')
  },
)

it.each(['folder', 'file/a.jsonl', 'nowhere', 'nowhere/a.jsonl'])('says what is wrong with %s, which cannot be written', async (given) => {
  await mkdir(join(workspace, 'folder'))
  await writeFile(join(workspace, 'file'), '')
  await symlink(join(outside, 'none'), join(workspace, 'nowhere'))
  await expect(exportTo(given)).rejects.toMatchObject({ name: 'UserError', code: 'EXPORT_NOT_WRITABLE' })
  expect(await readdir(outside)).toEqual([])
})
