import { sha256 } from '@switchyard/core'
import { describe, expect, it } from 'vitest'
import type { Command, ImportedCell } from '../src/release/command.ts'
import { NEW_CUSTOMER, stepsOf } from '../src/release/find-step.ts'
import { parseHistory } from '../src/release/views/history.ts'
import { parseMatrix } from '../src/release/views/matrix-document.ts'
import { customerSubject, releaseSubject } from '../src/release/subjects.ts'
import { customerOf, FACTS, SLUG, Stage, stepOf } from './release-stage.ts'

const ACME = 'eu-1/acme'
const BETA = 'eu-1/beta'
const STEPS = [stepOf('build'), stepOf('migrate'), stepOf('smoke', { category: 'verify' })]
const activate = (customers: readonly string[] = [ACME, BETA]): Command => ({
  kind: 'activate',
  facts: FACTS,
  steps: STEPS,
  customers: customers.map(customerOf),
})

function active(): Stage {
  const stage = new Stage()
  expect(stage.ask(undefined, activate())).toBeUndefined()
  return stage
}

function stepsAt(stage: Stage, address: string) {
  const { release } = stage.state(releaseSubject(SLUG))
  return release === null ? [] : stepsOf(release, stage.state(customerSubject(SLUG, customerOf(address))).customer ?? NEW_CUSTOMER)
}
const statusAt = (stage: Stage, address: string, id: string) => stepsAt(stage, address).find((step) => step.id === id)?.status
const code = (stage: Stage, address: string | undefined, command: Command): string | undefined => stage.ask(address, command)?.code

describe('an import of another matrix', () => {
  const row = (words: Partial<ImportedCell> & { readonly step: string }): ImportedCell => ({
    status: 'done',
    executed_at: null,
    executed_by: null,
    reason: null,
    notes: null,
    ...words,
  })
  const importing = (...cells: readonly ImportedCell[]): Command => ({ kind: 'import-cells', cells })

  it('keeps what the rows say, in one event, with the words that held then; the history has a line for each', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'override', step: 'migrate', content: 'own' })
    expect(
      code(
        stage,
        ACME,
        importing(
          row({ step: 'build', executed_at: 7, executed_by: 'Jo from ops', notes: 'by hand' }),
          row({ step: 'migrate', status: 'skipped', reason: 'no data' }),
          row({ step: 'smoke', status: 'pending' }),
        ),
      ),
    ).toBeUndefined()
    const cells = stage.state(customerSubject(SLUG, customerOf(ACME))).customer?.cells
    expect(cells?.['build']).toMatchObject({
      status: 'done',
      executed_at: 7,
      executed_by: 'Jo from ops',
      skip_reason: null,
      notes: 'by hand',
      is_overridden: false,
      kept: { name: 'Do build' },
    })
    expect(cells?.['migrate']).toMatchObject({
      status: 'skipped',
      executed_at: null,
      executed_by: null,
      skip_reason: 'no data',
      is_overridden: true,
    })
    expect(Object.keys(cells ?? {}).sort()).toEqual(['build', 'migrate'])
    expect(parseMatrix(stage.documents.get(`matrix/${SLUG}`)).customers[ACME]).toMatchObject({ cells: 'ds.', overridden: ['migrate'] })
    expect(parseHistory(stage.documents.get(`history/${ACME}`)).entries.slice(1)).toMatchObject([
      { step: 'build', what: 'imported as done', by: 'maintainer', text: 'by hand' },
      { step: 'migrate', what: 'imported as skipped', by: 'maintainer', text: 'no data' },
    ])
  })

  it('is nothing to do where the record says so already, and refused whole where it says anything else', () => {
    const stage = active()
    const rows = importing(row({ step: 'build', executed_at: 7 }), row({ step: 'migrate', status: 'reverted' }))
    stage.ask(ACME, rows)
    const { length } = stage.events
    expect(code(stage, ACME, rows)).toBeUndefined()
    expect(stage.events).toHaveLength(length)
    for (const [cell, why] of [
      [row({ step: 'build', executed_at: 8 }), 'WRONG_STATUS'],
      [row({ step: 'build', status: 'pending' }), 'WRONG_STATUS'],
      [row({ step: 'migrate' }), 'WRONG_STATUS'],
      [row({ step: 'smoke', status: 'pending', notes: 'x' }), 'WRONG_STATUS'],
      [row({ step: 'smoke', status: 'skipped', reason: ' ' }), 'REASON_NEEDED'],
      [row({ step: 'smoke', notes: 'x'.repeat(1_001) }), 'TEXT_TOO_LONG'],
      [row({ step: 'constructor' }), 'UNKNOWN_STEP'],
    ] as const) {
      expect(code(stage, ACME, importing(row({ step: 'smoke' }), cell))).toBe(why)
    }
    expect(stage.events).toHaveLength(length)
  })

  it('closes as many pages of the history as it fills', () => {
    const stage = new Stage()
    const steps = Array.from({ length: 200 }, (_, at) => stepOf(`s${at}`))
    stage.ask(undefined, { kind: 'activate', facts: FACTS, steps, customers: [customerOf(ACME)] })
    stage.ask(ACME, { kind: 'add-custom', category: 'deploy', type: 'bash', name: 'Own', content: 'x', anchor: null })
    stage.ask(ACME, importing(...steps.map(({ id }) => row({ step: id }))))
    const pages = [1, 2].map((page) => stage.documents.get(`history/${ACME}/${page}`))
    expect(pages).toMatchObject([
      { page: 1, entries: expect.objectContaining({ length: 100 }) },
      { page: 2, entries: expect.objectContaining({ length: 100 }) },
    ])
    expect(parseHistory(stage.documents.get(`history/${ACME}`))).toMatchObject({ pages: 2, entries: [{ step: 's199' }] })
  })
})

describe('ids and words that no release can keep', () => {
  it.each(['constructor', '__proto__', 'custom-1', 'Custom-9'])('the template’s step %s is refused, at activation and later', (id) => {
    expect(code(new Stage(), undefined, { kind: 'activate', facts: FACTS, steps: [stepOf(id)], customers: [customerOf(ACME)] })).toBe(
      'RESERVED_STEP',
    )
    expect(code(active(), undefined, { kind: 'sync-template', steps: [...STEPS, stepOf(id)] })).toBe('RESERVED_STEP')
  })

  it.each(['constructor', 'toString', '__proto__'])('%s is nobody’s step, whatever is asked of it', (step) => {
    const stage = active()
    expect(code(stage, ACME, { kind: 'done', step, notes: null })).toBe('UNKNOWN_STEP')
    expect(code(stage, ACME, { kind: 'remove-custom', step })).toBe('UNKNOWN_STEP')
    expect(
      code(stage, ACME, {
        kind: 'add-custom',
        category: 'deploy',
        type: 'bash',
        name: 'Own',
        content: 'x',
        anchor: { position: 'after', step },
      }),
    ).toBe('UNKNOWN_ANCHOR')
  })

  it('a customer’s own names and contents have the limits of the file', () => {
    const stage = active()
    const add = (name: string, content: string): Command => ({
      kind: 'add-custom',
      category: 'deploy',
      type: 'bash',
      name,
      content,
      anchor: null,
    })
    expect(code(stage, ACME, add('x'.repeat(161), 'x'))).toBe('TEXT_TOO_LONG')
    expect(code(stage, ACME, add('x', 'é'.repeat(32_769)))).toBe('TEXT_TOO_LONG')
    expect(code(stage, ACME, { kind: 'override', step: 'build', content: 'x'.repeat(65_537) })).toBe('TEXT_TOO_LONG')
    expect(code(stage, ACME, add('x'.repeat(160), 'é'.repeat(32_768)))).toBeUndefined()
    expect(
      code(stage, ACME, { kind: 'edit-custom', step: 'custom-1', name: 'x'.repeat(161), type: null, content: null, anchor: null }),
    ).toBe('TEXT_TOO_LONG')
  })
})

describe('every server action of the seed', () => {
  it('activateRelease: every customer gets every step, pending; only a draft, and only with customers', () => {
    const stage = active()
    expect(stepsAt(stage, BETA).map(({ id, status, source }) => [id, status, source])).toEqual([
      ['build', 'pending', 'template'],
      ['migrate', 'pending', 'template'],
      ['smoke', 'pending', 'template'],
    ])
    expect(code(stage, undefined, activate())).toBe('NOT_DRAFT')
    expect(code(new Stage(), undefined, activate([]))).toBe('NO_CUSTOMERS')
  })

  it('addCustomersToRelease: only while active; those already in are left alone; if all are, it is refused', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'done', step: 'build', notes: null })
    expect(code(stage, undefined, { kind: 'add-customers', customers: [ACME, 'us-1/nord'].map(customerOf) })).toBeUndefined()
    expect(statusAt(stage, ACME, 'build')).toBe('done')
    expect(statusAt(stage, 'us-1/nord', 'build')).toBe('pending')
    expect(code(stage, undefined, { kind: 'add-customers', customers: [customerOf(ACME)] })).toBe('ALL_CUSTOMERS_IN')
    expect(code(new Stage(), undefined, { kind: 'add-customers', customers: [customerOf(ACME)] })).toBe('NOT_ACTIVE')
  })

  it('archiveRelease: from draft or active, and final', () => {
    const draft = new Stage()
    expect(code(draft, undefined, { kind: 'archive', facts: FACTS })).toBeUndefined()
    expect(draft.state(releaseSubject(SLUG)).release?.status).toBe('archived')
    const stage = active()
    stage.ask(undefined, { kind: 'archive', facts: FACTS })
    expect(code(stage, undefined, { kind: 'archive', facts: FACTS })).toBe('ALREADY_ARCHIVED')
    expect(code(stage, ACME, { kind: 'done', step: 'build', notes: null })).toBe('NOT_ACTIVE')
    expect(code(stage, undefined, { kind: 'sync-template', steps: STEPS })).toBe('NOT_ACTIVE')
  })

  it('updateRelease: what the file says otherwise of it reaches the active release, by one event with what changed', () => {
    const stage = active()
    const { slug: _, commit: __, ...facts } = FACTS
    const now = { ...facts, name: 'Spring 2', version_number: '2', metadata: { ticket: 17, of: { team: 'a' } } }
    expect(code(stage, undefined, { kind: 'sync-facts', facts: now })).toBeUndefined()
    expect(stage.events.at(-1)).toMatchObject({
      type: 'release.facts-changed',
      data: { ...now, changed: ['name', 'version_number', 'metadata'] },
    })
    expect(stage.state(releaseSubject(SLUG)).release).toMatchObject({ ...now, commit: FACTS.commit, status: 'active' })
    expect(stage.documents.get('releases')).toMatchObject({ entries: [{ slug: SLUG, name: 'Spring 2', version_number: '2' }] })
    const count = stage.events.length
    expect(code(stage, undefined, { kind: 'sync-facts', facts: { ...now, metadata: { of: { team: 'a' }, ticket: 17 } } })).toBeUndefined()
    expect(stage.events).toHaveLength(count)
    stage.ask(undefined, { kind: 'archive', facts: FACTS })
    expect(code(stage, undefined, { kind: 'sync-facts', facts })).toBe('NOT_ACTIVE')
    expect(code(new Stage(), undefined, { kind: 'sync-facts', facts })).toBe('NOT_ACTIVE')
  })

  it('addTemplateStep: the step becomes pending for every customer of the release', () => {
    const stage = active()
    stage.ask(undefined, { kind: 'sync-template', steps: [...STEPS.slice(0, 2), stepOf('warm-up'), ...STEPS.slice(2)] })
    expect(stepsAt(stage, ACME).map(({ id }) => id)).toEqual(['build', 'migrate', 'warm-up', 'smoke'])
    expect(stage.events.at(-1)).toMatchObject({
      type: 'release.template-changed',
      data: { added: ['warm-up'], removed: [], changed: [], moved: [] },
    })
  })

  it('updateTemplateStep: name and content reach pending copies, not overridden ones and not what was carried out', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'override', step: 'build', content: 'own' })
    stage.ask(BETA, { kind: 'done', step: 'migrate', notes: null })
    stage.ask(undefined, { kind: 'sync-template', steps: STEPS.map((step) => ({ ...step, name: 'New name', content: 'new' })) })
    expect(stepsAt(stage, ACME).map(({ text }) => text.name)).toEqual(['Do build', 'New name', 'New name'])
    expect(stepsAt(stage, BETA).map(({ text }) => text.name)).toEqual(['New name', 'Do migrate', 'New name'])
    expect(stage.events.at(-1)).toMatchObject({ data: { changed: ['build', 'migrate', 'smoke'] } })
    const count = stage.events.length
    stage.ask(undefined, { kind: 'sync-template', steps: STEPS.map((step) => ({ ...step, name: 'New name', content: 'new' })) })
    expect(stage.events).toHaveLength(count)
  })

  it('deleteTemplateStep: pending copies go, overridden too; what was carried out stays without a template', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'override', step: 'migrate', content: 'own' })
    stage.ask(BETA, { kind: 'skip', step: 'migrate', reason: 'nothing to migrate' })
    stage.ask(undefined, { kind: 'sync-template', steps: STEPS.filter(({ id }) => id !== 'migrate') })
    expect(stepsAt(stage, ACME).map(({ id }) => id)).toEqual(['build', 'smoke'])
    expect(stepsAt(stage, BETA).map(({ id, hasTemplate }) => [id, hasTemplate])).toEqual([
      ['build', true],
      ['migrate', false],
      ['smoke', true],
    ])
    expect(code(stage, BETA, { kind: 'reset', step: 'migrate' })).toBe('NO_TEMPLATE')
  })

  it('reorderSteps: re-ordering re-orders, and custom steps follow their anchor', () => {
    const stage = active()
    stage.ask(ACME, {
      kind: 'add-custom',
      category: 'deploy',
      type: 'text',
      name: 'Call them',
      content: 'hello',
      anchor: { position: 'before', step: 'build' },
    })
    stage.ask(undefined, { kind: 'sync-template', steps: [STEPS[1], STEPS[0], STEPS[2]].flatMap((step) => step ?? []) })
    expect(stepsAt(stage, ACME).map(({ id }) => id)).toEqual(['migrate', 'custom-1', 'build', 'smoke'])
    expect(stage.events.at(-1)).toMatchObject({ data: { moved: ['build'], added: [], removed: [], changed: [] } })
  })

  it('getCustomerSteps: in their order, deploy before verify', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'add-custom', category: 'verify', type: 'text', name: 'Look', content: 'x', anchor: null })
    stage.ask(ACME, { kind: 'add-custom', category: 'deploy', type: 'text', name: 'Last', content: 'x', anchor: null })
    expect(stepsAt(stage, ACME).map(({ id }) => id)).toEqual(['build', 'migrate', 'custom-2', 'smoke', 'custom-1'])
  })

  it('overrideStepContent: flagged, unless it is done', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'override', step: 'build', content: 'own' })
    expect(stepsAt(stage, ACME)[0]).toMatchObject({ source: 'overridden', status: 'pending' })
    stage.ask(ACME, { kind: 'done', step: 'build', notes: null })
    expect(code(stage, ACME, { kind: 'override', step: 'build', content: 'again' })).toBe('ALREADY_DONE')
  })

  it('addCustomStep: for one customer alone, under an id that no template can have', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'add-custom', category: 'deploy', type: 'bash', name: 'Own', content: 'x', anchor: null })
    stage.ask(ACME, { kind: 'remove-custom', step: 'custom-1' })
    stage.ask(ACME, {
      kind: 'add-custom',
      category: 'deploy',
      type: 'bash',
      name: 'Own',
      content: 'x',
      anchor: { position: 'after', step: 'build' },
    })
    expect(stepsAt(stage, ACME).map(({ id }) => id)).toEqual(['build', 'custom-2', 'migrate', 'smoke'])
    expect(stepsAt(stage, BETA)).toHaveLength(3)
    expect(
      code(stage, ACME, {
        kind: 'add-custom',
        category: 'deploy',
        type: 'bash',
        name: 'Own',
        content: 'x',
        anchor: { position: 'after', step: 'nowhere' },
      }),
    ).toBe('UNKNOWN_ANCHOR')
  })

  it('markStepDone: from pending, skipped or reverted, with who, when and notes; done again is nothing to do', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'done', step: 'build', notes: 'all fine' }, 'operator')
    expect(stepsAt(stage, ACME)[0]?.cell).toMatchObject({ status: 'done', executed_by: 'operator', notes: 'all fine' })
    const count = stage.events.length
    expect(code(stage, ACME, { kind: 'done', step: 'build', notes: 'again' })).toBeUndefined()
    expect(stage.events).toHaveLength(count)
  })

  it('markStepReverted: from done or skipped, with the reason', () => {
    const stage = active()
    expect(code(stage, ACME, { kind: 'revert', step: 'build', reason: null })).toBe('WRONG_STATUS')
    stage.ask(ACME, { kind: 'done', step: 'build', notes: null })
    stage.ask(ACME, { kind: 'revert', step: 'build', reason: 'it broke' })
    expect(stepsAt(stage, ACME)[0]?.cell).toMatchObject({ status: 'reverted', notes: 'it broke' })
  })

  it('skipStep: needs a reason, and not from done', () => {
    const stage = active()
    expect(code(stage, ACME, { kind: 'skip', step: 'build', reason: '  ' })).toBe('REASON_NEEDED')
    stage.ask(ACME, { kind: 'done', step: 'build', notes: null })
    expect(code(stage, ACME, { kind: 'skip', step: 'build', reason: 'no need' })).toBe('WRONG_STATUS')
    expect(code(stage, ACME, { kind: 'skip', step: 'migrate', reason: 'no need' })).toBeUndefined()
    expect(stepsAt(stage, ACME)[1]?.cell).toMatchObject({ status: 'skipped', skip_reason: 'no need' })
  })

  it('resetToTemplate: back to the template’s name and content', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'override', step: 'build', content: 'own' })
    stage.ask(ACME, { kind: 'reset', step: 'build' })
    expect(stepsAt(stage, ACME)[0]).toMatchObject({ source: 'template', text: { content: { bytes: 'echo build'.length } } })
    stage.ask(ACME, { kind: 'add-custom', category: 'deploy', type: 'bash', name: 'Own', content: 'x', anchor: null })
    expect(code(stage, ACME, { kind: 'reset', step: 'custom-1' })).toBe('NO_TEMPLATE')
  })
})

describe('a command on a step is refused', () => {
  it.each([
    ['of a customer outside the release', 'us-1/none', { kind: 'done', step: 'build', notes: null }, 'CUSTOMER_NOT_IN_RELEASE'],
    ['that nobody knows', ACME, { kind: 'done', step: 'bild', notes: null }, 'UNKNOWN_STEP'],
    ['with a text of a novel', ACME, { kind: 'done', step: 'build', notes: 'x'.repeat(60_000) }, 'TEXT_TOO_LONG'],
    ['of the file, as if it were custom', ACME, { kind: 'remove-custom', step: 'build' }, 'NOT_CUSTOM'],
    [
      'of the file, to be edited',
      ACME,
      { kind: 'edit-custom', step: 'build', name: 'x', type: null, content: null, anchor: null },
      'NOT_CUSTOM',
    ],
  ] as const satisfies readonly (readonly [string, string, Command, string])[])('%s', (_, address, command, expected) => {
    expect(code(active(), address, command)).toBe(expected)
  })

  it('of a draft', () => {
    expect(code(new Stage(), ACME, { kind: 'done', step: 'build', notes: null })).toBe('NOT_ACTIVE')
  })
})

describe('a run of a step', () => {
  it('that ends well marks it done, one that does not leaves the status and is recorded', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'record-run', step: 'build', exit_code: 3, conclusion: 'failure', url: 'https://github.example/run/1' })
    expect(stepsAt(stage, ACME)[0]).toMatchObject({ status: 'pending', cell: { last_run: { exit_code: 3, conclusion: 'failure' } } })
    stage.ask(ACME, { kind: 'record-run', step: 'build', exit_code: 0, conclusion: 'success', url: 'https://github.example/run/2' })
    expect(stepsAt(stage, ACME)[0]).toMatchObject({ status: 'done', cell: { last_run: { exit_code: 0 } } })
  })

  it('of content that does not stand there any more is recorded, and marks nothing', () => {
    const stage = active()
    const ran = { kind: 'record-run', step: 'build', exit_code: 0, conclusion: 'success', url: 'https://github.example/run/1' } as const
    stage.ask(ACME, { ...ran, sha256: sha256('echo other') })
    expect(stepsAt(stage, ACME)[0]).toMatchObject({ status: 'pending', cell: { last_run: { exit_code: 0 } } })
    stage.ask(ACME, { ...ran, sha256: sha256(stepOf('build').content) })
    expect(stepsAt(stage, ACME)[0]).toMatchObject({ status: 'done' })
  })

  it('that is asked for changes no status, and is refused once the step is done', () => {
    const stage = active()
    const before = stepsAt(stage, ACME)
    stage.ask(ACME, { kind: 'ask-run', step: 'build' })
    expect(stage.events.at(-1)).toMatchObject({ type: 'release.step-run-asked', data: { step: 'build' } })
    expect(stepsAt(stage, ACME)).toEqual(before)
    stage.ask(ACME, { kind: 'done', step: 'build', notes: null })
    expect(code(stage, ACME, { kind: 'ask-run', step: 'build' })).toBe('ALREADY_DONE')
    expect(code(stage, ACME, { kind: 'ask-run', step: 'nowhere' })).toBe('UNKNOWN_STEP')
  })
})

describe('a box that is clicked', () => {
  const tick = (checked: boolean, at: number, run = 1): Command => ({ kind: 'tick', step: 'build', checked, edited: { at, run } })
  const clicks = [tick(true, 1_000), tick(false, 2_000, 2), tick(true, 2_000, 3), tick(false, 3_000, 4)]
  const orders = (left: readonly Command[]): readonly (readonly Command[])[] =>
    left.length === 0 ? [[]] : left.flatMap((first) => orders(left.filter((one) => one !== first)).map((rest) => [first, ...rest]))

  it.each([
    [2, 'reverted or never done'],
    [3, 'done'],
    [4, 'reverted or never done'],
  ])('%i times is %s in the end, in whatever order the clicks are read', (count, end) => {
    for (const order of orders(clicks.slice(0, count))) {
      const stage = active()
      for (const command of order) expect(code(stage, ACME, command)).toBeUndefined()
      expect(statusAt(stage, ACME, 'build') === 'done').toBe(end === 'done')
    }
  })

  it('is its command: done, then reverted; read twice it is noted, and stands in no history', () => {
    const stage = active()
    for (const command of [tick(true, 1_000, 1), tick(true, 1_000, 2), tick(false, 2_000, 3)]) stage.ask(ACME, command)
    expect(stage.events.slice(1).map(({ type }) => type)).toEqual(['release.step-done', 'release.box-read', 'release.step-reverted'])
    expect(parseHistory(stage.documents.get(`history/${ACME}`)).entries).toMatchObject([{ what: 'done' }, { what: 'reverted' }])
  })

  it('that was only noted leaves the step without a record', () => {
    const stage = active()
    stage.ask(ACME, tick(false, 1_000))
    expect(stage.state(customerSubject(SLUG, customerOf(ACME))).customer?.cells).toEqual({})
  })
})
