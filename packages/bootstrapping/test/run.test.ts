import { describe, expect, it } from 'vitest'
import type { BootstrapAnswer } from '../src/index.ts'
import { MADE, planOf, Stage, startOf } from './run-stage.ts'

const RUN = '1'.repeat(16)
const NEXT = '2'.repeat(16)
const made: BootstrapAnswer = { kind: 'repository', repository: MADE, goesOn: true }
const pushed: BootstrapAnswer = { kind: 'pushed', commit: 'e'.repeat(40) }
const refused: BootstrapAnswer = { kind: 'failed', error: { code: 'NAME_TAKEN', message: 'taken' } }

const types = (stage: Stage): readonly string[] => stage.events.map(({ type }) => type.replace('bootstrap.', ''))
const last = (stage: Stage) => stage.state.runs.at(-1)

function begun(): Stage {
  const stage = new Stage()
  expect(stage.ask(startOf(RUN))).toBeUndefined()
  return stage
}

describe('a run', () => {
  it('goes through its steps, with a checkpoint after each', () => {
    const stage = begun()
    expect(stage.effects).toMatchObject([{ kind: 'create-repository', slug: 'Shop', visibility: 'private' }])
    stage.answer('create-repository', made)
    expect(last(stage)).toMatchObject({ status: 'RUNNING', repository: MADE, push_completed_at: null })
    stage.answer('push', pushed)
    expect(last(stage)).toMatchObject({ status: 'RUNNING', pushed_commit: 'e'.repeat(40) })
    expect(stage.effects).toMatchObject([{ kind: 'apply-settings', description: 'From acme/template v1.0.0' }])
    stage.answer('apply-settings', { kind: 'settled', warnings: ['no labels'], log: 'all of it' })
    expect(last(stage)).toMatchObject({
      status: 'SUCCEEDED',
      needs_cleanup: false,
      is_under_way: false,
      warnings: ['no labels'],
      log: { bytes: 9 },
    })
    expect(types(stage)).toEqual(['requested', 'started', 'repository-created', 'pushed', 'succeeded'])
  })

  it('that GitHub refuses has failed, and left nothing', () => {
    const stage = begun()
    stage.answer('create-repository', refused)
    expect(last(stage)).toMatchObject({ status: 'FAILED', needs_cleanup: false, error: { code: 'NAME_TAKEN' } })
    expect(stage.ask(startOf(NEXT))).toBeUndefined()
  })

  it.each(['push', 'apply-settings'] as const)('that fails at %s needs cleaning up', (step) => {
    const stage = begun()
    stage.answer('create-repository', made)
    if (step === 'apply-settings') stage.answer('push', pushed)
    stage.answer(step, { kind: 'failed', error: { code: 'GITHUB_ERROR', message: 'x'.repeat(9_000) } })
    expect(last(stage)).toMatchObject({ status: 'FAILED_NEEDS_CLEANUP', needs_cleanup: true })
    expect(last(stage)?.error?.message).toHaveLength(8_192)
    expect(stage.ask(startOf(NEXT))).toMatchObject({ code: 'CLEANUP_FIRST' })
  })

  it('keeps whole characters of a long error', () => {
    const stage = begun()
    stage.answer('create-repository', { kind: 'failed', error: { code: 'GITHUB_ERROR', message: `${'x'.repeat(8_190)}😀 and more` } })
    expect(last(stage)?.error?.message).toBe(`${'x'.repeat(8_190)}…`)
  })

  it('whose repository was made by a process that is gone needs cleaning up', () => {
    const stage = begun()
    stage.answer('create-repository', { kind: 'repository', repository: MADE, goesOn: false })
    expect(last(stage)).toMatchObject({ status: 'FAILED_NEEDS_CLEANUP', repository: MADE, error: { code: 'RUN_ABANDONED' } })
    expect(stage.effects).toEqual([])
  })
})

describe('a start is refused', () => {
  it('while another run goes on', () => {
    const stage = begun()
    expect(stage.ask(startOf(NEXT))).toMatchObject({ code: 'RUN_ACTIVE' })
  })

  it('when something else was approved', () => {
    expect(new Stage().ask(startOf(RUN, { approved: 'f'.repeat(64) }))).toMatchObject({ code: 'APPROVAL_OUTDATED' })
    expect(new Stage().ask(startOf(RUN, { approved: 'd'.repeat(64) }))).toBeUndefined()
  })

  it('when a tag has moved, unless it is pinned anew', () => {
    const stage = begun()
    stage.answer('create-repository', refused)
    const moved = { plan: { template_source_sha: '9'.repeat(40) } }
    expect(stage.ask(startOf(NEXT, moved))).toMatchObject({ code: 'TEMPLATE_MOVED' })
    expect(stage.ask(startOf(NEXT, { ...moved, repin: true }))).toBeUndefined()
  })

  it('after ten in an hour by one person, and not for another or later', () => {
    const stage = new Stage()
    for (let count = 0; count < 10; count += 1) {
      stage.ask(startOf(String(count).repeat(16)))
      stage.answer('create-repository', refused)
    }
    expect(stage.ask(startOf('a'.repeat(16)))).toMatchObject({ code: 'TOO_MANY_STARTS' })
    expect(stage.ask(startOf('a'.repeat(16), { plan: { requested_by: { login: 'reviewer', id: 8 } } }))).toBeUndefined()
    stage.answer('create-repository', refused)
    stage.at += 3_600_000
    expect(stage.ask(startOf('b'.repeat(16)))).toBeUndefined()
    expect(stage.index.starts).toEqual({ maintainer: [expect.any(Number)] })
  })

  it('after ten in an hour, whatever the person is called', () => {
    const stage = new Stage()
    const plan = { requested_by: { login: 'Constructor', id: 9 } }
    for (let count = 0; count < 10; count += 1) {
      expect(stage.ask(startOf(String(count).repeat(16), { plan }))).toBeUndefined()
      stage.answer('create-repository', refused)
    }
    expect(stage.ask(startOf('a'.repeat(16), { plan }))).toMatchObject({ code: 'TOO_MANY_STARTS' })
  })

  it('when it was cancelled while it was prepared', () => {
    const stage = new Stage()
    stage.at = 2_000
    stage.ask({ kind: 'cancel', asked_at: stage.at })
    expect(stage.ask(startOf(RUN, { asked_at: 1_999 }))).toMatchObject({ code: 'RUN_CANCELLED' })
    expect(stage.ask(startOf(RUN, { asked_at: 2_001 }))).toBeUndefined()
  })
})

describe('a cancel', () => {
  it('before the repository: a late refusal leaves nothing, and then another run may start', () => {
    const stage = begun()
    stage.ask({ kind: 'cancel', asked_at: stage.at })
    expect(stage.ask(startOf(NEXT, { asked_at: 9_000 }))).toMatchObject({ code: 'RUN_ACTIVE' })
    stage.answer('create-repository', refused)
    expect(last(stage)).toMatchObject({ status: 'CANCELLED', needs_cleanup: false, error: null })
    expect(stage.ask(startOf(NEXT, { asked_at: 9_000 }))).toBeUndefined()
  })

  it('is noticed before the next step, and the repository that was made meanwhile needs cleaning up', () => {
    const stage = begun()
    stage.ask({ kind: 'cancel', asked_at: stage.at })
    stage.answer('create-repository', made)
    expect(stage.effects).toEqual([])
    expect(last(stage)).toMatchObject({ status: 'CANCELLED', needs_cleanup: true, is_under_way: false })
  })

  it('is never overwritten by a late success', () => {
    const stage = begun()
    stage.answer('create-repository', made)
    stage.answer('push', pushed)
    stage.ask({ kind: 'cancel', asked_at: stage.at })
    expect(stage.ask({ kind: 'clean-up', outcome: 'resolve', confirmed: 'acme/Shop' })).toMatchObject({ code: 'RUN_ACTIVE' })
    stage.answer('apply-settings', { kind: 'settled', warnings: [] })
    expect(last(stage)).toMatchObject({ status: 'CANCELLED', needs_cleanup: true })
  })
})

describe('cleaning up', () => {
  function orphaned(): Stage {
    const stage = begun()
    stage.answer('create-repository', made)
    stage.answer('push', { kind: 'failed', error: { code: 'GITHUB_ERROR', message: 'no' } })
    return stage
  }

  it('deletes what was confirmed by name, and nothing else', () => {
    const stage = orphaned()
    expect(stage.ask({ kind: 'clean-up', outcome: 'delete', confirmed: 'acme/shop-2' })).toMatchObject({ code: 'NOT_CONFIRMED' })
    expect(stage.ask({ kind: 'clean-up', outcome: 'delete', confirmed: 'ACME/shop' })).toBeUndefined()
    expect(stage.effects).toMatchObject([{ kind: 'delete-repository', repository: MADE, commit: planOf(RUN).commit }])
    stage.answer('delete-repository', { kind: 'failed', error: { code: 'NOT_OURS', message: 'it holds other work' } })
    expect(last(stage)).toMatchObject({ status: 'FAILED_NEEDS_CLEANUP', cleanup: null, error: { code: 'NOT_OURS' } })
    stage.ask({ kind: 'clean-up', outcome: 'delete', confirmed: 'acme/shop' })
    stage.answer('delete-repository', { kind: 'deleted' })
    expect(last(stage)).toMatchObject({ status: 'FAILED_NEEDS_CLEANUP', cleanup: { outcome: 'deleted', by: 'maintainer' } })
    expect(stage.effectIds.filter((id) => id.startsWith('delete'))).toEqual([`delete-${RUN}.1`, `delete-${RUN}.2`])
    expect(stage.ask(startOf(NEXT))).toBeUndefined()
  })

  it('may keep the repository, and is over then', () => {
    const stage = orphaned()
    expect(stage.ask({ kind: 'clean-up', outcome: 'resolve', confirmed: 'acme/shop' }, 'reviewer')).toBeUndefined()
    expect(last(stage)?.cleanup).toMatchObject({ outcome: 'resolved', by: 'reviewer' })
    expect(stage.ask({ kind: 'clean-up', outcome: 'resolve', confirmed: 'acme/shop' })).toMatchObject({ code: 'NOTHING_TO_CLEAN_UP' })
  })
})

describe('an update', () => {
  const update = {
    kind: 'update',
    update_id: 'u1',
    repository: 'acme/shop',
    repository_id: 42,
    branch: 'switchyard/update-u1',
    base: 'main',
    title: 't',
    body: 'b',
  } as const

  it('is opened once', () => {
    const stage = new Stage()
    stage.ask(update)
    stage.ask(update)
    expect(stage.effects).toHaveLength(1)
    stage.answer('open-update', { kind: 'update', number: 3, url: 'https://github.example/3' })
    expect(stage.state.updates).toMatchObject({ u1: { status: 'opened', number: 3, tries: 1 } })
    stage.ask(update)
    expect(stage.effects).toEqual([])
  })

  it('that failed may be tried again', () => {
    const stage = new Stage()
    stage.ask(update)
    stage.answer('open-update', refused)
    stage.ask(update)
    expect(stage.effectIds).toEqual(['update-u1.1', 'update-u1.2'])
  })

  it('is forgotten when fifty newer ones are known', () => {
    const stage = new Stage()
    for (let number = 1; number <= 60; number += 1) {
      stage.ask({ ...update, update_id: `u${number}` })
      stage.answer('open-update', { kind: 'update', number, url: 'https://github.example' })
    }
    expect(Object.keys(stage.state.updates)).toHaveLength(50)
    expect(stage.state.updates).not.toHaveProperty('u1')
  })
})

it('an answer that belongs to another effect is a bug, and is not taken', () => {
  expect(() => begun().answer('create-repository', pushed)).toThrow('does not belong')
})

it('comments are handled up to a place', () => {
  const stage = new Stage()
  stage.ask({ kind: 'handle-comments', cursor: { created_at: '2026-11-21T10:00:00Z', id: 9 } })
  expect(stage.state.cursor).toEqual({ created_at: '2026-11-21T10:00:00Z', id: 9 })
})
