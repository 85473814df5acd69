import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseCatalogue } from '@switchyard/bootstrapping/catalogue'
import { runProgram } from '@switchyard/cli/run-program'
import { clickBoxes, createLiveStage, fillIssueForm, getBoard } from '@switchyard/cli/stage'
import { parseSwitchyardConfig } from '@switchyard/commands/config'
import { parseDispatching } from '@switchyard/dispatching/config'
import { parseInventory, parseReleaseFile } from '@switchyard/releasing/files'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '../..')
const pages = globSync(
  [
    'README.md',
    'CONTRIBUTING.md',
    'actions/*/README.md',
    'packages/*/README.md',
    'examples/**/README.md',
    'docs/*.md',
    'docs/{adr,guides}/*.md',
    'SECURITY.md',
  ],
  { cwd: root },
).sort()

/** What a page may show: YAML is read below, commands are run by the guides' tests, the rest by tests of their own or for the eye. */
const LANGUAGES = ['', 'bash', 'console', 'csv', 'diff', 'json', 'markdown', 'mermaid', 'sh', 'text', 'ts', 'yaml']

const blocks = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(/^(`{3,})([^\n]*)\n(.*?)^\1$/gms)].map(([, , language = '', content = ''], at) => ({
    page,
    at: at + 1,
    language,
    content,
  }))
})

const action = z.object({ inputs: z.record(z.string(), z.unknown()) })
const steps = z.array(z.looseObject({ uses: z.string().optional(), with: z.record(z.string(), z.unknown()).optional() }))
/** Part of a workflow: a job without its name, or its steps alone. */
const part = z.union([z.object({ steps }).transform((job) => job.steps), steps])
const workflow = z.object({
  jobs: z.record(z.string(), z.object({ steps: steps.optional() })),
})
const form = z.object({ name: z.string(), body: z.array(z.unknown()) })
const trigger = z.object({ on: z.object({ workflow_dispatch: z.unknown() }) })

test('every block of a page is in a language that is looked at', () => {
  expect(blocks.filter(({ language }) => !LANGUAGES.includes(language))).toEqual([])
})

describe('every snippet', () => {
  test.each(blocks.filter(({ language }) => language === 'yaml'))('of $page, number $at, is what it claims to be', ({ content, page }) => {
    if (/^(outbound|inbound):/m.test(content)) {
      expect(parseDispatching(content, { file: page, owner: 'acme' })).toMatchObject({ ok: true })
      return
    }
    if (/^categories:/m.test(content)) {
      expect(parseCatalogue(content, { file: page })).toMatchObject({ ok: true })
      return
    }
    if (/^clusters:/m.test(content)) {
      expect(parseInventory(content, { file: page })).toMatchObject({ ok: true })
      return
    }
    if (/^accepts:/m.test(content)) {
      expect(parseSwitchyardConfig(content, { file: page, owner: 'acme', commands: [] })).toMatchObject({ ok: true })
      return
    }
    if (/^steps:\n +\w+:/m.test(content)) {
      expect(parseReleaseFile(content, { file: page, slug: 'november' })).toMatchObject({ ok: true })
      return
    }
    const value: unknown = parse(content)
    if (form.safeParse(value).success) {
      expect(fillIssueForm(content, {}).body).toContain('### ')
      return
    }
    const parsed = workflow.safeParse(value)
    if (!parsed.success && trigger.safeParse(value).success) return
    const told = parsed.success ? Object.values(parsed.data.jobs).flatMap((job) => job.steps ?? []) : part.parse(value)
    for (const step of told.filter(({ uses }) => uses?.startsWith('switchyard/') === true)) {
      const name = /^switchyard\/switchyard\/actions\/([\w-]+)@v1$/.exec(step.uses ?? '')?.[1]
      const { inputs } = action.parse(parse(readFileSync(join(root, 'actions', name ?? '', 'action.yml'), 'utf8')))
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
    }
  })
})

test('every command that a page tells to run is a script of the project', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const told = pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/`npm (?:run )?([\w-]+)/g)].map(([, name = '']) => name),
  )
  expect(told.length).toBeGreaterThan(3)
  expect(told.filter((name) => !Object.keys(scripts).includes(name) && name !== 'test')).toEqual([])
})

test('what can go wrong with an action is told with reason codes and inputs that it has', () => {
  const unknown = globSync('actions/*/README.md', { cwd: root }).flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8')
    const [table = ''] = /^## What can go wrong\n.*?(?=^## )/ms.exec(text) ?? []
    const known = new Set([...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name))
    const told = [...table.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, name]) => name)
    return told.filter((name) => !known.has(name)).map((name) => `${page}: ${name}`)
  })
  expect(unknown).toEqual([])
})

test('every link to a file of the repository leads somewhere', () => {
  const broken = pages.flatMap((page) => {
    const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target)
    return links
      .filter((target) => globSync(join(page, '..', target).replaceAll('\\', '/').replace(/\/$/, ''), { cwd: root }).length === 0)
      .map((target) => `${page}: ${target}`)
  })
  expect(broken).toEqual([])
})

test('the guide to running workflows does what it says, command for command', async () => {
  const page = readFileSync(join(root, 'docs/guides/run-workflows-offline.md'), 'utf8')
  const [, workflowText = ''] = /^```yaml\n(.*?)^```/ms.exec(page) ?? []
  const folder = mkdtempSync(join(tmpdir(), 'guide-'))
  mkdirSync(join(folder, 'hello/.github/workflows'), { recursive: true })
  writeFileSync(join(folder, 'hello/.github/workflows/ci.yml'), workflowText)
  const commands = [...page.matchAll(/^npm run switchyard -- (.+)$/gm)].map(([, command = '']) =>
    command.split(' ').map((word) => (word === 'hello' ? join(folder, 'hello') : word)),
  )
  expect(commands.length).toBeGreaterThan(1)
  for (const args of commands) {
    let said = ''
    const write = (text: string): void => void (said += text)
    const exitCode = await runProgram({
      args: args.map((arg) => arg.replace(/^examples\//, `${join(root, 'examples')}/`)),
      env: process.env,
      stdout: { write },
      stderr: { write },
    })
    expect([exitCode, said]).toEqual([0, expect.stringContaining('✓')])
  }
  rmSync(folder, { recursive: true })
})

test('the guide to bootstrapping makes a repository out of its own snippets', async () => {
  const page = readFileSync(join(root, 'docs/guides/bootstrap-a-repository.md'), 'utf8')
  const folder = mkdtempSync(join(tmpdir(), 'guide-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const [, path = '', text = ''] of page.matchAll(/^```yaml\n# (control\/\S+)\n(.*?)^```/gms)) write(path, text)
  write('service-template/README.md', '# {{ repo.name }}\n')
  write('service-template/package.json', '{\n  "name": "service"\n}\n')
  const stage = await createLiveStage(folder, {
    async prepare({ maintainer }) {
      await maintainer.tag('acme/service-template', 'v1.0.0')
      await maintainer.request('POST', '/repos/acme/control/labels', { name: 'bootstrap', color: '0969da' })
    },
  })
  onTestFinished(async () => {
    await stage.close()
    rmSync(folder, { recursive: true })
  })
  const issue = fillIssueForm(readFileSync(join(folder, 'control/.github/ISSUE_TEMPLATE/new-repository.yml'), 'utf8'), {
    'Repository name': 'shop',
    Database: 'PostgreSQL',
  })
  await stage.maintainer.openIssue('acme/control', issue)
  await stage.runner.idle()
  expect(stage.commentsOf('acme/control', 1).at(-1)).toContain('`acme/shop` can be created')
  await stage.maintainer.comment('acme/control', 1, '/bootstrap run')
  await stage.runner.idle()
  expect(stage.commentsOf('acme/control', 1).at(-1)).toContain('is ready')
  expect(await stage.git('acme/shop', 'show', 'main:README.md')).toBe('# shop')
  expect(JSON.parse(await stage.git('acme/shop', 'show', 'main:package.json'))).toMatchObject({ dependencies: { postgres: '^3.4.0' } })
  stage.github.clock.advance(31 * 60_000)
  await stage.runner.tick()
  await stage.runner.idle()
  expect(stage.runsOf('control').map(({ attempts }) => attempts.at(-1)?.conclusion)).toEqual(['success', 'success', 'success'])
})

test('the guide to releases walks its own release to 100 %, comment for comment', async () => {
  const page = readFileSync(join(root, 'docs/guides/walk-a-release.md'), 'utf8')
  const folder = mkdtempSync(join(tmpdir(), 'guide-'))
  for (const [, path = '', text = ''] of page.matchAll(/^```yaml\n# (platform\/\S+)\n(.*?)^```/gms)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const stage = await createLiveStage(folder)
  onTestFinished(async () => {
    await stage.close()
    rmSync(folder, { recursive: true })
  })
  const platform = 'acme/platform'
  const body = (): string => getBoard(stage, '2026-11').body
  const [activation = '', ...comments] = [...page.matchAll(/^(`{3,4})text\n(.*?)^\1$/gms)].map(([, , comment = '']) => comment)
  await stage.maintainer.comment(platform, await stage.maintainer.openIssue(platform, { title: 'November', body: '' }), activation)
  await stage.runner.idle()
  await clickBoxes(
    stage,
    '2026-11',
    ['backup', 'roll-out', 'health'].map((step) => ({ step, customer: 'eu-1/brede' })),
  )
  await stage.runner.idle()
  expect(body()).toContain('3 of 9 steps')
  const archive = comments.pop() ?? ''
  for (const comment of comments) {
    await stage.maintainer.comment(platform, getBoard(stage, '2026-11').issue, comment)
    await stage.runner.idle()
    expect(stage.commentsOf(platform, getBoard(stage, '2026-11').issue).at(-1)).toMatch(/\*\*\d+ changes?\*\*/)
  }
  expect(body()).toContain('10 of 10 steps')
  expect([...stage.github.world.state.checkRuns.values()].findLast(({ name }) => name === 'release/2026-11')).toMatchObject({
    conclusion: 'success',
  })
  await stage.maintainer.comment(platform, getBoard(stage, '2026-11').issue, archive)
  await stage.runner.idle()
  expect(body()).toContain('**archived**')
})
