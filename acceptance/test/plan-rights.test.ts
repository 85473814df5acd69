import { afterEach, describe, expect, test } from 'vitest'
import { createPlanStage, planOf, type PlanStage } from '../src/index.ts'

const CONFIG = '.github/switchyard.yml'
const PLAN = `/plan upload\n\`\`\`\`\n${planOf(1, 1)}\n\`\`\`\``

let stage: PlanStage
afterEach(() => stage.close())

async function open(config?: string): Promise<void> {
  stage = await createPlanStage({ files: config === undefined ? {} : { [CONFIG]: config } })
}

/** What became of a comment on the idea, in one line. */
async function say(body: string, by: string): Promise<string> {
  const { outputs } = await stage.say(1, body, by)
  return `${outputs['decision']} ${outputs['reason-code']}`
}

const lastReply = (): string => stage.commentsOf(1).findLast((body) => body.includes('plan reply=')) ?? ''

describe('without rules', () => {
  test('the owner who may only read and a maintainer act; a writer and another reader do not', async () => {
    await open()
    const before = await stage.readLedger()
    for (const by of ['reader', 'writer']) {
      for (const command of ['/plan grill start', PLAN, '/plan upload plans/none.md', '/plan materialise', '/plan sync', '/plan cancel']) {
        expect([by, command, await say(command, by)]).toEqual([by, command, 'refused not-yours'])
      }
      expect(lastReply()).toMatch(new RegExp(`belongs to owner, and ${by} is no maintainer`))
    }
    expect(await stage.readLedger()).toEqual(before)
    expect(await say('/plan grill start', 'owner')).toBe('done commanded')
    expect(await say('/plan grill done', 'maintainer')).toBe('done commanded')
    expect(await say('/plan status', 'reader')).toBe('done shown')
  })

  test('the commands that are listed are those that somebody may use', async () => {
    await open()
    expect(await say('/help', 'reader')).toBe('done shown')
    expect(lastReply()).not.toContain('/plan upload')
    expect(await say('/help', 'owner')).toBe('done shown')
    expect(lastReply()).toContain('/plan upload')
  })

  test('a run needs the right of who caused it and of who started it again', async () => {
    await open()
    const restart = async (actor: string, startedBy: string, mode = 'grill-start'): Promise<unknown> => {
      const run = await stage.startRun('workflow_dispatch', actor)
      await stage.github.world.completeRun(run.id, 'failure')
      return (await stage.play({ inputs: { mode, idea: '1' }, actor, startedBy, run, attempt: 2 })).outputs['reason-code']
    }
    expect(await restart('maintainer', 'writer')).toBe('not-yours')
    expect(await restart('reader', 'maintainer')).toBe('not-yours')
    expect(await restart('reader', 'writer', 'status')).toBe('shown')
    expect(await restart('maintainer', 'owner')).toBe('commanded')
  })
})

describe('with rules', () => {
  test('a role that a command is given to may use it, and no other command', async () => {
    await open('commands:\n  - { command: plan upload, role: write }\n  - { command: plan status, role: write }\n')
    expect(await say(PLAN, 'writer')).toBe('done uploaded')
    expect(await say('/plan review start', 'writer')).toBe('refused not-yours')
    expect(await say('/plan status', 'reader')).toBe('refused not-allowed')
    expect(await say('/plan status', 'owner')).toBe('done shown')
  })

  test('that have faults nobody acts, the owner neither, and nothing comes alive when they are mended', async () => {
    await open('commands:\n  - { comand: plan upload, role: write }\n')
    const { outputs, exitCode } = await stage.say(1, '/plan grill start', 'owner')
    expect([outputs['reason-code'], exitCode]).toEqual(['config-invalid', 1])
    expect(stage.commentsOf(1).filter((body) => body.includes('plan reply='))).toHaveLength(1)
    expect(lastReply()).toMatch(/switchyard\.yml[^]*\| 2 \| 7 \| .*comand/)
    expect((await stage.play({ inputs: { mode: 'grill-start', idea: '1' } })).outputs['reason-code']).toBe('config-invalid')
    await stage.commit({ [CONFIG]: 'commands:\n  - { command: plan upload, role: write }\n' })
    expect(await say('/plan status', 'owner')).toBe('done shown')
    expect((await stage.readLedger()).size).toBe(0)
  })
})

describe('a public ledger', () => {
  test('keeps nothing of a private repository’s ideas, unless that is allowed', async () => {
    await open()
    const { world } = stage.github
    await world.addRepository({ owner: 'acme', name: 'ledger', visibility: 'public' })
    await world.commit({ repository: 'acme/ledger', files: { 'README.md': 'Records.\n' } })
    const ledger = { 'ledger-repository': 'acme/ledger', 'ledger-token': stage.tokenOf('maintainer') }
    for (const mode of ['grill-start', 'upload']) {
      const inputs = { mode, idea: '1', 'plan-path': 'plans/small.md', ...ledger }
      const { outputs, exitCode } = await stage.play({ inputs })
      expect([mode, outputs['reason-code'], exitCode]).toEqual([mode, 'ledger-public', 1])
    }
    const payload = await stage.comment(1, '/plan grill start', 'owner')
    const commented = await stage.play({ eventName: 'issue_comment', payload, actor: 'owner', inputs: ledger })
    expect(commented.outputs).toMatchObject({ decision: 'refused', 'reason-code': 'ledger-public' })
    expect(lastReply()).toContain('LEDGER_PUBLIC')
    const inputs = { mode: 'grill-start', idea: '1', ...ledger, 'allow-public-ledger': 'true' }
    expect((await stage.play({ inputs })).outputs['reason-code']).toBe('commanded')
  })
})
