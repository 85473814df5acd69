import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '@switchyard/cli/run-program'
import { parseDispatching } from '@switchyard/dispatching/config'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '../..')
const pages = globSync(['README.md', 'CONTRIBUTING.md', 'actions/*/README.md', 'packages/*/README.md', 'examples/**/README.md', 'docs/guides/*.md'], { cwd: root }).sort()

const blocks = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(/^```(yaml|sh|bash|console)\n(.*?)^```/gms)].map(([, language = '', content = ''], at) => ({ page, at: at + 1, language, content }))
})

const action = z.object({ inputs: z.record(z.string(), z.unknown()) })
const workflow = z.object({ jobs: z.record(z.string(), z.object({ steps: z.array(z.object({ uses: z.string().optional(), with: z.record(z.string(), z.unknown()).optional() })).optional() })) })
const trigger = z.object({ on: z.object({ workflow_dispatch: z.unknown() }) })

describe('every snippet', () => {
  test.each(blocks.filter(({ language }) => language === 'yaml'))('of $page, number $at, is what it claims to be', ({ content, page }) => {
    if (/^(outbound|inbound):/m.test(content)) {
      expect(parseDispatching(content, { file: page, owner: 'acme' })).toMatchObject({ ok: true })
      return
    }
    const value: unknown = parse(content)
    const parsed = workflow.safeParse(value)
    if (!parsed.success) return expect(trigger.safeParse(value).success).toBe(true)
    const uses = Object.values(parsed.data.jobs).flatMap(({ steps = [] }) => steps).filter((step) => step.uses?.startsWith('switchyard/') === true)
    for (const step of uses) {
      const name = /^switchyard\/switchyard\/actions\/([\w-]+)@v1$/.exec(step.uses ?? '')?.[1]
      const { inputs } = action.parse(parse(readFileSync(join(root, 'actions', name ?? '', 'action.yml'), 'utf8')))
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
    }
  })
})

test('every command that a page tells to run is a script of the project', () => {
  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const told = pages.flatMap((page) => [...readFileSync(join(root, page), 'utf8').matchAll(/`npm (?:run )?([\w-]+)/g)].map(([, name = '']) => name))
  expect(told.length).toBeGreaterThan(3)
  expect(told.filter((name) => !Object.keys(scripts).includes(name) && name !== 'test')).toEqual([])
})

test('every link to a file of the repository leads somewhere', () => {
  const broken = pages.flatMap((page) => {
    const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target)
    return links.filter((target) => globSync(join(page, '..', target).replaceAll('\\', '/').replace(/\/$/, ''), { cwd: root }).length === 0).map((target) => `${page}: ${target}`)
  })
  expect(broken).toEqual([])
})

test('the guide to running workflows does what it says, command for command', async () => {
  const page = readFileSync(join(root, 'docs/guides/run-workflows-offline.md'), 'utf8')
  const [, workflowText = ''] = /^```yaml\n(.*?)^```/ms.exec(page) ?? []
  const folder = mkdtempSync(join(tmpdir(), 'guide-'))
  mkdirSync(join(folder, 'hello/.github/workflows'), { recursive: true })
  writeFileSync(join(folder, 'hello/.github/workflows/ci.yml'), workflowText)
  const commands = [...page.matchAll(/^npm run switchyard -- (.+)$/gm)].map(([, command = '']) => command.replace('--repos hello', `--repos ${join(folder, 'hello')}`).split(' '))
  expect(commands.length).toBeGreaterThan(1)
  for (const args of commands) {
    let said = ''
    const write = (text: string): void => void (said += text)
    const exitCode = await runProgram({ args: args.map((arg) => arg.replace(/^examples\//, `${join(root, 'examples')}/`)), env: process.env, stdout: { write }, stderr: { write } })
    expect([exitCode, said]).toEqual([0, expect.stringContaining('✓')])
  }
  rmSync(folder, { recursive: true })
})
