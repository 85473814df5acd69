import { describe, expect, it } from 'vitest'
import { planSha256 } from '../../src/index.ts'
import { commandOf, issueOf, moveOf, OWNER, planOf, resultOf, uploadOf } from './idea-commands.ts'
import { Stage, stageAt } from './idea-stage.ts'

const HOUR = 3_600_000

describe('an upload', () => {
  it('saves the plan without byte-order mark and with plain line ends, and notes status and length', () => {
    const stage = stageAt('GRILLED').askAll(uploadOf(planOf('\ufeffone\r\ntwo')))
    expect(stage.texts).toEqual(new Set(['one\ntwo']))
    expect(stage.events.at(-1)).toMatchObject({ type: 'plan.uploaded', data: { from_status: 'GRILLED', length: 7, by: 'owner' } })
    expect(stage.idea()?.plan).toMatchObject({ sha256: planSha256('one\ntwo'), stories: 1, tasks: 2, source: { kind: 'comment', id: 5 } })
  })

  it('overwrites the plan that is ready', () => {
    const stage = stageAt('PLAN_READY').askAll(uploadOf(planOf('two')))
    expect(stage.idea()?.plan?.sha256).toBe(planSha256('two'))
  })

  it.each(['PLAN_READY', 'PLAN_REVIEWED', 'PLAN_REVIEW_FAILED'] as const)(
    'of the plan that is kept already, from the same place, changes nothing of an idea that is %s, and counts as none',
    (status) => {
      const stage = stageAt(status)
      const [events, index] = [stage.events.length, stage.index]
      for (let id = 5; id < 25; id += 1) stage.askAll(uploadOf(planOf('one', { source: { kind: 'comment', id } })))
      expect(stage.events).toHaveLength(events)
      expect(stage.index).toEqual(index)
      expect(stage.idea()?.status).toBe(status)
    },
  )

  it('of the same plan from another place is one: the next sync reads there; a file is the same in any commit', () => {
    const file = (path: string, commit: string) => planOf('one', { source: { kind: 'file', path, commit } })
    const stage = stageAt('PLAN_READY').askAll(uploadOf(file('plans/a.md', 'a')))
    expect(stage.idea()?.plan?.source).toEqual({ kind: 'file', path: 'plans/a.md', commit: 'a' })
    const events = stage.events.length
    stage.askAll(uploadOf(file('plans/a.md', 'b')))
    expect(stage.events).toHaveLength(events)
    stage.askAll(uploadOf(file('plans/b.md', 'b')))
    expect(stage.idea()?.plan?.source).toMatchObject({ path: 'plans/b.md' })
    stage.askAll(uploadOf(planOf('one', { source: { kind: 'issue' } })))
    expect(stage.idea()?.plan?.source).toEqual({ kind: 'issue' })
  })

  it('supersedes a review, also one that approved the same plan from another place', () => {
    const stage = stageAt('PLAN_REVIEWED')
    expect(stage.idea()).toMatchObject({ approver: 'owner', reviewed_at: expect.any(Number), rounds: [{ round: 1 }] })
    stage.askAll(uploadOf(planOf('one', { source: { kind: 'issue' } })))
    expect(stage.idea()).toMatchObject({ status: 'PLAN_READY', approver: null, reviewed_at: null, rounds: [] })
    expect(stage.events.at(-1)).toMatchObject({ data: { superseded_rounds: 1 } })
    stage.askAll(moveOf('review-start'), resultOf('approved'))
    expect(stage.idea()?.rounds).toMatchObject([{ round: 1 }])
  })
})

describe('who may act', () => {
  const stranger = { login: 'stranger', isMaintainer: false }

  it.each(['upload', 'grill-start'] as const)('%s: not a stranger, but the owner in any case, and every maintainer', (kind) => {
    expect(new Stage().ask(commandOf(kind, { asker: stranger }))).toMatchObject({
      code: 'NOT_YOURS',
      message: 'The idea #12 belongs to Owner, and stranger is no maintainer here.',
      hint: 'Ask Owner or a maintainer to say it.',
    })
    expect(new Stage().ask(commandOf(kind, { asker: { login: 'OWNER', isMaintainer: false } }))).toBeUndefined()
    expect(new Stage().ask(commandOf(kind, { asker: { login: 'stranger', isMaintainer: true } }))).toBeUndefined()
  })

  it.each(['materialise', 'sync'] as const)(
    '%s: an owner without the role triage in a public repository does not, a maintainer does',
    (kind) => {
      const stage = stageAt(kind === 'sync' ? 'PLANNED' : 'PLAN_READY')
      expect(stage.ask(commandOf(kind, { asker: { ...OWNER, lacksTriage: true } }))).toMatchObject({
        code: 'NEEDS_TRIAGE',
        message: 'This repository is public: for issues of the idea #12 its owner owner needs the role triage here, too.',
      })
      expect(stage.ask(commandOf(kind, { asker: { login: 'other', isMaintainer: true, lacksTriage: true } }))).toBeUndefined()
    },
  )

  it('a stranger is told nothing of the status', () => {
    expect(stageAt('PLANNED').ask(commandOf('materialise', { asker: stranger }))).toMatchObject({ code: 'NOT_YOURS' })
  })

  it('an idea whose author is gone is the maintainers’', () => {
    const issue = { ...issueOf(), owner: undefined }
    expect(new Stage().ask(commandOf('upload', { issue }))).toMatchObject({ code: 'NOT_YOURS', hint: 'Ask a maintainer to say it.' })
    const stage = new Stage()
    expect(stage.ask(commandOf('upload', { issue, asker: { ...OWNER, isMaintainer: true } }))).toBeUndefined()
    expect(stage.idea()?.issue.owner).toBeNull()
  })
})

describe('ten uploads an hour', () => {
  function uploadTen(stage: Stage): void {
    for (let at = 0; at < 10; at += 1) stage.askAll(uploadOf(planOf(`plan ${at}`), { issue: issueOf(20 + (at % 3)) }))
  }

  it('are counted by user over all ideas, and the eleventh is told when it is possible', () => {
    const stage = new Stage()
    uploadTen(stage)
    expect(stage.ask(uploadOf(planOf('more')))).toEqual({
      code: 'TOO_MANY_UPLOADS',
      message: 'owner has uploaded 10 plans within an hour, which is the most that is allowed.',
      hint: 'The next one is possible at 2026-11-21T01:00:00Z.',
    })
    expect(stage.ask(uploadOf(planOf('more'), { asker: { login: 'OWNER', isMaintainer: false } }))).toMatchObject({
      code: 'TOO_MANY_UPLOADS',
    })
    expect(stage.ask(uploadOf(planOf('more'), { asker: { login: 'other', isMaintainer: true } }))).toBeUndefined()
  })

  it('slide: an hour after the first one, one more is possible, and no other', () => {
    const stage = new Stage()
    const begin = stage.at
    uploadTen(stage)
    stage.at = begin + HOUR - 1
    expect(stage.ask(uploadOf(planOf('more')))).toMatchObject({ code: 'TOO_MANY_UPLOADS' })
    stage.at = begin + HOUR
    expect(stage.ask(uploadOf(planOf('more')))).toBeUndefined()
    stage.at = begin + HOUR
    expect(stage.ask(uploadOf(planOf('and more')))).toMatchObject({ code: 'TOO_MANY_UPLOADS' })
  })

  it('are forgotten after it, of everybody', () => {
    const stage = new Stage()
    uploadTen(stage)
    stage.at += HOUR
    stage.askAll(uploadOf(planOf('new'), { asker: { login: 'constructor', isMaintainer: true } }))
    expect(Object.keys(stage.index.uploads)).toEqual(['constructor'])
  })

  it('are also the plans that rounds of a review revised, of whoever posted them; a round without one is none', () => {
    const stage = stageAt('REVIEWING_PLAN')
    stage.at += HOUR
    for (let at = 0; at < 10; at += 1) stage.askAll(resultOf('continue', { revised: planOf(`revised ${at}`) }))
    expect(stage.ask(resultOf('continue', { revised: planOf('more') }))).toMatchObject({ code: 'TOO_MANY_UPLOADS' })
    expect(stage.ask(resultOf('continue', { revised: planOf('revised 9') }))).toBeUndefined()
    expect(stage.ask(resultOf('changes-requested'))).toBeUndefined()
    expect(stage.ask(uploadOf(planOf('more')))).toMatchObject({ code: 'TOO_MANY_UPLOADS' })
  })
})
