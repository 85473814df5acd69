import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type BootstrapPlay,
  type BootstrapStage,
  CATALOGUE_WITH_SETTINGS,
  createBootstrapStage,
  FINISHES,
  lookAtEnding,
  REQUEST,
  runKilled,
} from '../src/index.ts'

const COMMAND =
  '{ kind: RUN_BASH_TEMPLATE, params: { command: npm pkg set scripts.hello=world }, execution_order: 4, supports_dry_run: false }'
const CATALOGUE = `${CATALOGUE_WITH_SETTINGS}          - ${COMMAND}\n`

/** A program that tells what it was given, in place of npm. */
let folder: string
const { PATH } = process.env
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootstrap-secrecy-'))
  await writeFile(join(folder, 'npm'), `#!/bin/sh\n{ env; echo "$0 $@"; ls -A "$HOME" .; } >> "${folder}/told"\n`)
  await chmod(join(folder, 'npm'), 0o755)
  process.env['PATH'] = `${folder}${delimiter}${PATH ?? ''}`
})
afterAll(async () => {
  process.env['PATH'] = PATH
  await rm(folder, { recursive: true, force: true })
})

interface Watched {
  readonly stage: BootstrapStage
  /** Everything that came out, as it left the process: the runner has hidden nothing in it. */
  readonly said: string[]
  /** Every secret there was, in every spelling in which it is sent. */
  secrets(): readonly string[]
}

async function watch(): Promise<Watched> {
  const stage = await createBootstrapStage({ catalogue: CATALOGUE, templateFiles: 1 })
  const said: string[] = []
  const minted = new Set<string>()
  stage.github.behaviour.onExchange = ({ route, responseBody, requestBody, requestHeaders, path, query }) => {
    said.push(JSON.stringify({ requestBody, requestHeaders, path, query }))
    if (route !== '/app/installations/{installation_id}/access_tokens') return
    const [token = ''] = /ghs_\w+/.exec(JSON.stringify(responseBody)) ?? []
    minted.add(token)
  }
  const play = async (wanted: BootstrapPlay): ReturnType<BootstrapStage['play']> => {
    const onStarted: BootstrapPlay['onStarted'] = (child) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (chunk: Buffer) => said.push(withoutMasks(chunk.toString('utf8'))))
      }
      wanted.onStarted?.(child)
    }
    const result = await stage.play({ ...wanted, onStarted })
    const { outputs, summary, state, env, annotations } = result
    said.push(JSON.stringify({ outputs, summary, state, env, annotations }))
    return result
  }
  return {
    stage: { ...stage, play },
    said,
    secrets: () => {
      const tokens = [...Object.values(stage.tokens), ...minted]
      const key = stage.privateKey.split('\n').filter((line) => line !== '' && !line.startsWith('-----'))
      return [...tokens, ...tokens.flatMap((token) => [toBase64(token), toBase64(`x-access-token:${token}`)]), ...key]
    },
  }
}

const toBase64 = (text: string): string => Buffer.from(text).toString('base64')
/** What the runner is told to hide is told to it alone. */
const withoutMasks = (text: string): string => text.replaceAll(/^::add-mask::.*$/gm, '')

/** All that stays behind: comments, check runs, and every object of every repository. */
async function readAll({ github: { world }, git }: BootstrapStage): Promise<readonly string[]> {
  const { comments, checkRuns, issues, repositories } = world.state
  const stores = await Promise.all(
    [...repositories.values()].map(({ name }) => git(`acme/${name}`, 'cat-file', '--batch-all-objects', '--batch', '--buffer')),
  )
  return [...stores, JSON.stringify([...comments.values(), ...checkRuns.values(), ...issues.values(), ...repositories.values()])]
}

const CREATION = { method: 'POST', route: '/orgs/{org}/repos' } as const
const PUSH = { method: 'POST', route: /git-receive-pack$/ } as const

/** A run with everything that can befall it: refused, killed and carried on, killed and recovered, cleaned up, complete. */
async function playAll(stage: BootstrapStage, play: BootstrapPlay): Promise<void> {
  const { faults } = stage.github
  await stage.play({ ...play, eventName: 'issues', payload: await stage.openIssue(REQUEST) })
  for (const kind of ['bad-credentials', 'error-before', 'not-found'] as const) {
    faults.add({ match: CREATION, kind, times: 3 })
    faults.add({ match: { route: /info\/refs/ }, kind, times: kind === 'not-found' ? 1 : 12 })
    await stage.play({ ...play, eventName: 'issue_comment', payload: await stage.comment(1, '/bootstrap run') })
    faults.clear()
  }
  const killed = await runKilled(stage, { match: PUSH, kind: 'lost-answer-before' }, play)
  await stage.play({ ...play, eventName: 'schedule' })
  await stage.play({ ...play, inputs: { mode: 'cleanup', cleanup: 'delete', owner: 'acme', name: 'shop', confirm: 'acme/shop' } })
  await FINISHES['its own next attempt'](stage, killed, play)
  const again = await runKilled(stage, { match: CREATION, kind: 'lost-answer-after' }, play)
  await FINISHES['its own next attempt'](stage, again, play)
  await stage.play({ ...play, inputs: { mode: 'verify-token', owner: 'acme' } })
}

describe.each(['token', 'app'] as const)('with the credential %s', (credential) => {
  test('no secret comes out of what befalls a run, nor stays behind, nor reaches a command', async () => {
    const { stage, said, secrets } = await watch()
    try {
      await playAll(stage, { credential })
      const { runs, repositories } = await lookAtEnding(stage)
      expect(runs.at(-1)).toMatchObject({ status: 'SUCCEEDED' })
      expect(repositories).toMatchObject([{ topics: ['shop', 'web'], labels: expect.arrayContaining(['triage', 'urgent']) }])
      const told = await readFile(join(folder, 'told'), 'utf8')
      expect(told).toContain('npm pkg set scripts.hello=world')
      const all = [...said, told, ...(await readAll(stage)), ...stage.github.log.lines()].join('\n')
      expect(secrets().length).toBeGreaterThan(20)
      for (const secret of secrets()) expect(all.includes(secret), `${secret.slice(0, 8)}… came out`).toBe(false)
      // The net that hides what slips through had nothing to hide.
      expect(said.join('\n')).not.toContain('***')
      expect(all.match(/\bgh[a-z]_\w{20,}/g)).toBe(null)
      expect(all.match(/\beyJ[\w-]{10,}\.[\w-]+\.[\w-]+/g)).toBe(null)
    } finally {
      await stage.close()
    }
  })
})
