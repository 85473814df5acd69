import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ActionResult } from '@switchyard/workflow-runner'
import type { DispatchStage } from '../../acceptance/src/index.ts'

type Say = (line?: string) => void

export interface Pass {
  readonly result: ActionResult
  /** One line a request. */
  readonly requests: readonly string[]
  readonly depth: number
}

const git = promisify(execFile)
const SOURCE = 'acme/source-app'
const LEDGER = 'refs/heads/switchyard/dispatch'

/** Where the story begins: three repositories, pushed with git. */
export async function tellStage({ github }: DispatchStage, say: Say): Promise<void> {
  say('An embedded GitHub runs on this machine. Three repositories were pushed to it with git:')
  say()
  for (const repository of github.world.state.repositories.values()) {
    const name = `acme/${repository.name}`
    const store = github.world.git(name)
    const head = await store.readRef('refs/heads/main')
    const file = head === undefined ? undefined : await store.readPath(head, '.github/dispatching.yml')
    const text = file === undefined ? '' : ((await store.readBlob(file.oid))?.toString('utf8') ?? '')
    say(`  ${name} at ${head?.slice(0, 7) ?? 'no commit'}, .github/dispatching.yml:`)
    for (const line of text.trimEnd().split('\n').filter((each) => !each.startsWith('#'))) say(`    | ${line}`)
    say()
  }
}

/** One delivery of the event: the bundle runs as a child process, as the runner would run it. */
export async function playPass(
  stage: DispatchStage,
  { title, payload, say }: { readonly title: string; readonly payload: Readonly<Record<string, unknown>>; readonly say: Say },
): Promise<Pass> {
  say(`── ${title} ${'─'.repeat(Math.max(0, 76 - title.length))}`)
  say()
  const { log } = stage.github
  const run = await stage.startDispatchRun()
  log.reset()
  const result = await stage.play({ payload, run })
  const requests = log.lines()
  const depth = log.depth()
  say('What the action said:')
  const from = result.log.indexOf('##[endgroup]')
  for (const line of result.log.slice(from).split('\n').slice(1)) say(`  ${line}`)
  say()
  say(`What it asked of GitHub: ${requests.length} requests, ${depth} of them one after another (@ is the place in line):`)
  for (const line of requests) say(`  ${line}`)
  say()
  say(`It ended with code ${result.exitCode}: decision ${result.outputs.decision}, reason ${result.outputs['reason-code']}.`)
  say()
  return { result, requests, depth }
}

/** What is left on GitHub after both deliveries. */
export async function tellEnd(
  stage: DispatchStage,
  { first, second, say }: { readonly first: Pass; readonly second: Pass; readonly say: Say },
): Promise<void> {
  const { state } = stage.github.world
  say('── What there is now '.padEnd(80, '─'))
  say()
  for (const name of ['target-service', 'target-locked']) {
    const runs = stage.runsOf(name)
    say(`  acme/${name}: ${runs.length === 0 ? 'no run was started' : runs.map((run) => `run ${run.id}, “${run.displayTitle}”`).join('; ')}`)
  }
  for (const check of state.checkRuns.values()) say(`  check run ${check.name} on ${check.headSha.slice(0, 7)}: ${check.conclusion}, “${check.output.title ?? ''}”`)
  for (const issue of state.issues.values()) say(`  issue #${issue.number} of ${SOURCE}, ${issue.state}: ${issue.title}`)
  say()
  say('  The ledger, as git tells it:')
  const { stdout } = await git('git', ['log', '--format=%h %s', '--name-status', LEDGER], { cwd: stage.github.world.git(SOURCE).directory })
  for (const line of stdout.trimEnd().split('\n')) say(`    ${line}`)
  say()
  const started = stage.runsOf('target-service').length
  say(`  Delivered twice, started ${started === 1 ? 'once' : `${started} times`}: ${first.requests.length} requests the first time, ${second.requests.length} the second.`)
}
