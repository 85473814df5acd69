import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createReleaseStage, getBoard, PLATFORM } from '@switchyard/cli/stage'
import type { Progress } from '@switchyard/workflow-runner'
import { expect, onTestFinished, test } from 'vitest'
import { tickedIn } from '../src/index.ts'

const page = readFileSync(join(import.meta.dirname, '../../actions/release-step/README.md'), 'utf8')
const SLUG = '2026-11-spring'

/** The blocks below a heading of the page, by language. */
function blocksBelow(heading: string): Readonly<Record<string, string>> {
  const from = page.indexOf(`\n## ${heading}\n`)
  expect(from).toBeGreaterThan(0)
  const section = page.slice(from, page.indexOf('\n## ', from + 1))
  return Object.fromEntries([...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => [language, text]))
}

/** The example’s repository with a workflow as the page tells it, in place of its own. */
async function setUp(files: Readonly<Record<string, string>>) {
  const progress: Progress[] = []
  const stage = await createReleaseStage({ runner: { onProgress: (each) => progress.push(each) } })
  onTestFinished(() => stage.close())
  await stage.maintainer.push({ repository: PLATFORM, files, message: 'As the page tells it' })
  await stage.maintainer.comment(
    PLATFORM,
    await stage.maintainer.openIssue(PLATFORM, { title: 'Spring', body: '' }),
    `/release activate ${SLUG} --all !nord`,
  )
  await stage.runner.idle()
  progress.length = 0
  return { stage, progress }
}

const endsOf = (progress: readonly Progress[]): readonly string[] =>
  progress.flatMap((each) => (each.kind === 'run-completed' ? [`${each.run.path.split('/').at(-1)}: ${each.conclusion}`] : []))

test('the page’s way to check files finds a fault at its line', async () => {
  const { stage, progress } = await setUp({
    '.github/workflows/release-lint.yml': blocksBelow('Check the files before they are merged')['yaml'] ?? '',
  })
  const file = `release/releases/${SLUG}.yml`
  const text = await stage.git(PLATFORM, 'show', `main:${file}`)
  await stage.maintainer.push({
    repository: PLATFORM,
    branch: 'faulty',
    files: { [file]: text.replace('type: release', 'type: relaese') },
    message: 'A slip',
  })
  await stage.maintainer.openPullRequest(PLATFORM, { title: 'A slip', head: 'faulty' })
  await stage.runner.idle()
  expect(endsOf(progress)).toEqual(['release-lint.yml: failure'])
  expect(JSON.stringify(progress)).toContain(`${file}:3:7`)
})

test('the page’s matrix is taken over by the page’s workflow, and handed out by the other', async () => {
  const { csv = '', yaml: workflow = '' } = blocksBelow('Take a matrix over from a spreadsheet')
  const { stage, progress } = await setUp({
    'release/matrix.csv': csv,
    '.github/workflows/import.yml': workflow,
    '.github/workflows/export.yml': blocksBelow('Hand it out')['yaml'] ?? '',
  })
  await stage.maintainer.dispatch(PLATFORM, 'import.yml', { release: SLUG })
  await stage.runner.idle()
  expect(endsOf(progress)).toEqual(['import.yml: success'])
  expect(tickedIn(getBoard(stage, SLUG).body)).toEqual(['eu-1/brede backup'])
  expect(getBoard(stage, SLUG).body).toContain('**2 of 70 steps**')
  progress.length = 0
  await stage.maintainer.dispatch(PLATFORM, 'export.yml', { release: SLUG })
  await stage.runner.idle()
  expect(endsOf(progress)).toEqual(['export.yml: success'])
  expect(JSON.stringify(progress)).toMatch(/70 rows of .*events of switchyard\/release are in events\.jsonl.*would be 2 files/s)
})
