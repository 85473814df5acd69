import { describe, expect, it } from 'vitest'
import type { AddCustom, Command, EditCustom } from '../src/release/command.ts'
import { NEW_CUSTOMER, stepsOf } from '../src/release/find-step.ts'
import { customerSubject, releaseSubject } from '../src/release/subjects.ts'
import { customerOf, FACTS, SLUG, Stage, stepOf } from './release-stage.ts'

const ACME = 'eu-1/acme'
const STEPS = [stepOf('build'), stepOf('rows', { type: 'sql' }), stepOf('smoke', { category: 'verify' })]

/** A release with `customs` steps of the customer's own, custom-1 and so on, each behind all others. */
function active(customs = 0): Stage {
  const stage = new Stage()
  stage.ask(undefined, { kind: 'activate', facts: FACTS, steps: STEPS, customers: [customerOf(ACME)] })
  for (let nth = 1; nth <= customs; nth += 1) stage.ask(ACME, add({ name: `Own ${nth}` }))
  return stage
}

const add = (words: Partial<AddCustom> = {}): Command => ({
  kind: 'add-custom',
  category: 'deploy',
  type: 'bash',
  name: 'Own',
  content: 'echo own',
  anchor: null,
  ...words,
})
const edit = (words: Partial<EditCustom>): Command => ({
  kind: 'edit-custom',
  step: 'custom-1',
  name: null,
  type: null,
  content: null,
  anchor: null,
  ...words,
})
const override = (content: string, step = 'build'): Command => ({ kind: 'override', step, content })
const after = (step: string) => ({ position: 'after' as const, step })
const before = (step: string) => ({ position: 'before' as const, step })
const code = (stage: Stage, command: Command): string | undefined => stage.ask(ACME, command)?.code

function idsOf(stage: Stage): readonly string[] {
  const { release } = stage.state(releaseSubject(SLUG))
  const customer = stage.state(customerSubject(SLUG, customerOf(ACME))).customer ?? NEW_CUSTOMER
  return release === null ? [] : stepsOf(release, customer).map(({ id }) => id)
}

describe('words of a customer’s own follow the rules of the release’s file', () => {
  it.each([
    ['an empty override', override('')],
    ['a blank override', override(' \n\t')],
    ['an override that turns the direction of text', override('echo \u202e')],
    ['an override for a shell with a carriage return', override('echo\r\n')],
    ['half a character', override('echo \ud800')],
    ['an empty content', add({ content: '' })],
    ['a byte order mark', add({ content: '\ufeffecho' })],
    ['a nameless step', add({ name: ' ' })],
    ['a name with nothing in it', add({ name: '' })],
    ['a name on two lines', add({ name: 'one\ntwo' })],
    ['a name that is seen otherwise', add({ name: 'one\u202etwo' })],
    ['an edit to a blank name', edit({ name: ' ' })],
    ['an edit to a blank content', edit({ content: ' ' })],
  ])('%s is refused', (_, command) => {
    const stage = active(1)
    const { length } = stage.events
    expect(stage.ask(ACME, command)).toMatchObject({ code: 'TEXT_NOT_ALLOWED', message: expect.any(String) })
    expect(stage.events).toHaveLength(length)
  })

  it('carriage returns of SQL are taken, as the file’s are', () => {
    expect(code(active(), override('select 1;\r\nselect 2;', 'rows'))).toBeUndefined()
  })
})

describe('what changes nothing is nothing to do', () => {
  it.each([
    ['an edit of nothing', edit({})],
    ['an edit to what it is', edit({ name: 'Own 1', type: 'bash', content: 'echo own', anchor: after('build') })],
    ['an override with the same content', override('echo mine')],
    ['a reset of a skipped copy that is its template’s', { kind: 'reset', step: 'rows' }],
  ] satisfies readonly (readonly [string, Command])[])('%s', (_, command) => {
    const stage = active(1)
    stage.ask(ACME, edit({ anchor: after('build') }))
    stage.ask(ACME, override('echo mine'))
    stage.ask(ACME, { kind: 'skip', step: 'rows', reason: 'none' })
    const { length } = stage.events
    expect(code(stage, command)).toBeUndefined()
    expect(stage.events).toHaveLength(length)
  })

  it('an edit records what it changes alone', () => {
    const stage = active(1)
    stage.ask(ACME, edit({ name: 'Own 1', type: 'sql' }))
    expect(stage.events.at(-1)).toMatchObject({
      type: 'release.step-edited',
      data: { name: null, type: 'sql', content: null, anchor: null },
    })
  })
})

describe('where a step of a customer’s own stands', () => {
  it.each([
    ['a step of the other category', add({ anchor: after('smoke') }), 'smoke'],
    ['a step of the other category, by an edit', edit({ anchor: before('smoke') }), 'smoke'],
    ['itself', edit({ anchor: after('custom-1') }), 'itself'],
    ['one that hangs on it', edit({ anchor: after('custom-2') }), 'custom-2'],
    ['one that hangs on it by another', edit({ anchor: before('custom-3') }), 'custom-3'],
  ])('never beside %s', (_, command, why) => {
    const stage = active(3)
    stage.ask(ACME, edit({ step: 'custom-2', anchor: after('custom-1') }))
    stage.ask(ACME, edit({ step: 'custom-3', anchor: after('custom-2') }))
    expect(stage.ask(ACME, command)).toMatchObject({ code: 'WRONG_ANCHOR', message: expect.stringContaining(why) })
    expect(idsOf(stage)).toEqual(['build', 'rows', 'custom-1', 'custom-2', 'custom-3', 'smoke'])
  })

  it('beside one that was added later, wherever that one stands', () => {
    const stage = active(3)
    stage.ask(ACME, edit({ step: 'custom-1', anchor: after('custom-2') }))
    stage.ask(ACME, edit({ step: 'custom-2', anchor: before('build') }))
    expect(idsOf(stage)).toEqual(['custom-2', 'custom-1', 'build', 'rows', 'custom-3', 'smoke'])
  })

  it('at the end of its category, once what it stood beside is gone', () => {
    const stage = active(2)
    stage.ask(ACME, edit({ step: 'custom-2', anchor: before('custom-1') }))
    stage.ask(ACME, { kind: 'remove-custom', step: 'custom-1' })
    expect(idsOf(stage)).toEqual(['build', 'rows', 'custom-2', 'smoke'])
  })
})

describe('a reset', () => {
  it('of a done step is refused: the record says what was carried out', () => {
    const stage = active()
    stage.ask(ACME, override('echo mine'))
    stage.ask(ACME, { kind: 'done', step: 'build', notes: null })
    const before = stage.state(customerSubject(SLUG, customerOf(ACME)))
    expect(code(stage, { kind: 'reset', step: 'build' })).toBe('ALREADY_DONE')
    expect(stage.state(customerSubject(SLUG, customerOf(ACME)))).toEqual(before)
  })

  it('of a reverted step takes the template’s words of today', () => {
    const stage = active()
    stage.ask(ACME, override('echo mine'))
    stage.ask(ACME, { kind: 'done', step: 'build', notes: null })
    stage.ask(ACME, { kind: 'revert', step: 'build', reason: null })
    expect(code(stage, { kind: 'reset', step: 'build' })).toBeUndefined()
    expect(stage.state(customerSubject(SLUG, customerOf(ACME))).customer?.cells['build']).toMatchObject({
      status: 'reverted',
      is_overridden: false,
      kept: { content: { bytes: 'echo build'.length } },
    })
  })
})
