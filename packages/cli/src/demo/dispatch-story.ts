import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Progress } from '@switchyard/workflow-runner'
import { createLiveStage, type LiveStage } from './live-stage.ts'
import { toInertLine } from '../terminal/inert.ts'
import type { Terminal } from '../terminal/terminal.ts'

export interface StoryPart {
  readonly heading: string
  readonly markdown: string
}

export interface Story {
  readonly terminal: Terminal
  readonly onProgress: (progress: Progress) => void
}

const SOURCE = 'acme/source-app'
const LEDGER = 'refs/heads/switchyard/dispatch'
const git = promisify(execFile)

/** One push that ends in a deployment elsewhere, told as it happens. Returns what the page says beside the runs. */
export async function tellDispatchStory({ terminal, onProgress }: Story): Promise<readonly StoryPart[]> {
  const heading = (text: string): void => terminal.print(`\n${terminal.style('bold', text)}`)
  heading('An embedded GitHub starts on this machine')
  terminal.progress('Pushing three repositories with git …')
  const stage = await createLiveStage('dispatch', { runner: { onProgress } })
  try {
    for (const line of ['acme/source-app      asks: when ci.yml succeeds on main, start cd.yml over there', 'acme/target-service  allows it', 'acme/target-locked   allows somebody else only']) terminal.print(`  ${line}`)
    terminal.print('  switchyard/switchyard holds the actions, built, under the tag v1')

    heading('Somebody pushes to acme/source-app')
    await stage.push(SOURCE, { 'page.html': '<p>A new page</p>\n' }, 'Add a page')
    await stage.runner.idle()

    heading('What is there now')
    const found = await describeWorld(stage)
    for (const { label, text } of found) terminal.print(`  ${terminal.style('dim', label.padEnd(12))} ${toInertLine(text)}`)

    heading('The dispatch workflow is run again, as after a lost answer')
    const before = stage.runsOf('target-service').length
    await rerunDispatch(stage)
    const after = stage.runsOf('target-service').length
    terminal.print(`  acme/target-service: ${before} run before, ${after} run after. The ledger knows what was started.`)
    return [{ heading: 'What it left behind', markdown: found.map(({ label, text }) => `- **${label}**: ${escapeMarkdownLine(text)}`).join('\n') }]
  } finally {
    await stage.close()
  }
}

interface Found {
  readonly label: string
  readonly text: string
}

async function describeWorld(stage: LiveStage): Promise<readonly Found[]> {
  const { world } = stage.github
  const { state } = world
  const { stdout } = await git('git', ['log', '--format=%s', LEDGER], { cwd: world.git(SOURCE).directory })
  const own = [...state.checkRuns.values()].filter(({ output }) => output.title !== undefined && output.title !== null && output.summary !== undefined)
  return [
    ...stage.runsOf('target-service').map((run) => ({ label: 'started', text: `acme/target-service: “${run.displayTitle}”` })),
    { label: 'not started', text: `acme/target-locked: ${stage.runsOf('target-locked').length} runs` },
    ...own.filter(({ name }) => name === 'dispatch').slice(-1).map((check) => ({ label: 'check run', text: `dispatch on ${check.headSha.slice(0, 7)}: ${check.conclusion}, “${check.output.title}”` })),
    ...[...state.issues.values()].map((issue) => ({ label: 'issue', text: `#${issue.number} of ${SOURCE}: ${issue.title}` })),
    ...stdout.trim().split('\n').reverse().map((subject) => ({ label: 'ledger', text: subject })),
  ]
}

async function rerunDispatch({ github, runner, runsOf }: LiveStage): Promise<void> {
  const run = runsOf('source-app').find(({ workflowPath }) => workflowPath.endsWith('/dispatch.yml'))
  if (run === undefined) throw new Error('the dispatch workflow has not run')
  github.world.rerun(run.id)
  await runner.idle()
}

const escapeMarkdownLine = (text: string): string => toInertLine(text).replaceAll(/[\\`*_{}[\]()#+.!<>|~-]/g, (char) => `\\${char}`)
