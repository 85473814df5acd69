import { bindCommands, parseComment } from '@switchyard/commands'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from './command-list.ts'
import { FAMILIES } from './families.ts'
import { type Form, type FormMode, readForm } from './form.ts'

const EMPTY: Form = {
  release: 'spring',
  step: undefined,
  customers: [],
  notes: undefined,
  reason: undefined,
  content: undefined,
  category: 'deploy',
  type: undefined,
  name: undefined,
  anchor: undefined,
  sha256: undefined,
  template: false,
  withdraw: false,
  dryRun: false,
}
const SHA = '0123456789abcdef'.repeat(4)
const STEP: Partial<Form> = { step: 'migrate', customers: ['eu-1/acme'] }

/** What a command says, without where it stood. */
function meaning(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each: unknown) => (['line', 'column', 'places', 'info', 'source'].includes(key) ? undefined : each)),
  )
}

describe('a form is the command that a comment would hold', () => {
  it.each<[mode: FormMode, form: Partial<Form>, comment: string]>([
    ['activate', {}, '/release activate spring'],
    ['activate', { customers: ['cluster:eu-*', '!eu-1/beta'], dryRun: true }, '/release activate spring cluster:eu-* !eu-1/beta --dry-run'],
    ['add', { customers: ['eu-1/acme "Beta Ltd."'] }, '/release add eu-1/acme "Beta Ltd."'],
    ['archive', {}, '/release archive'],
    ['status', {}, '/release status'],
    ['status', { customers: ['cluster:eu-1'] }, '/release status eu-1'],
    ['progress', {}, '/release progress'],
    ['list', { release: undefined }, '/release list'],
    ['customer', { customers: ['acme'] }, '/release customer acme'],
    ['show', STEP, '/step show migrate eu-1/acme'],
    ['done', STEP, '/step done migrate eu-1/acme'],
    [
      'done',
      { ...STEP, customers: ['--all', '!eu-1/beta'], notes: 'by hand', dryRun: true },
      '/step done migrate --all !eu-1/beta by hand --dry-run',
    ],
    ['skip', { ...STEP, reason: '--not needed' }, '/step skip migrate eu-1/acme "--not needed"'],
    ['revert', STEP, '/step revert migrate eu-1/acme'],
    ['override', { ...STEP, content: 'a\r\nb\n' }, '/step override migrate eu-1/acme\n```\na\nb\n```'],
    ['reset', STEP, '/step reset migrate eu-1/acme'],
    [
      'add-step',
      { ...STEP, name: 'Warm up', content: 'x', anchor: 'before:migrate' },
      '/step add eu-1/acme deploy bash "Warm up" --before migrate\n```\nx\n```',
    ],
    [
      'add-step',
      { ...STEP, name: 'Look', content: 'x', category: 'verify', type: 'sql', anchor: 'after:migrate' },
      '/step add eu-1/acme verify sql Look --after migrate\n```\nx\n```',
    ],
    ['add-step', { ...STEP, name: 'Look', content: 'x', template: true }, '/step add eu-1/acme deploy bash Look --template\n```\nx\n```'],
    ['edit-step', { ...STEP, name: 'New name' }, '/step edit migrate eu-1/acme --name "New name"'],
    ['edit-step', { ...STEP, type: 'text', content: 'y' }, '/step edit migrate eu-1/acme --type text\n```\ny\n```'],
    ['remove-step', STEP, '/step remove migrate eu-1/acme'],
    ['approve', { ...STEP, sha256: SHA }, `/step approve migrate eu-1/acme ${SHA}`],
    ['approve', { ...STEP, sha256: SHA, withdraw: true }, `/step approve migrate eu-1/acme ${SHA} --withdraw`],
  ])('%s %j', (mode, form, comment) => {
    const bound = bindCommands(COMMANDS, parseComment(comment, FAMILIES))
    expect(meaning([readForm(mode, { ...EMPTY, ...form })])).toEqual(meaning(bound.ok ? bound.commands : bound.faults))
  })

  it('but names several selectors where a line could name one', () => {
    const command = readForm('done', { ...EMPTY, step: 'migrate', customers: ['eu-1/acme', 'eu-1/beta'] })
    expect(command).toMatchObject({
      command: 'step done',
      arguments: { customers: { all: false, selectors: [{ source: 'eu-1/acme' }, { source: 'eu-1/beta' }] }, notes: undefined },
    })
  })
})

describe('a form that says too little or something odd is refused by its field', () => {
  it.each<[mode: FormMode, form: Partial<Form>, message: RegExp]>([
    ['activate', { release: undefined }, /`release` is missing/],
    ['activate', { release: '../x' }, /`release` is no release’s slug/],
    ['add', {}, /`customers`: Nobody is named/],
    ['done', { customers: ['acme'] }, /`step` is missing/],
    ['done', { ...STEP, step: '\u200b' }, /`step` is missing/],
    ['done', { ...STEP, notes: 'a\u202eb' }, /`notes`: .*U\+202E/],
    ['done', { ...STEP, customers: ['acme --dry-run'] }, /`customers`: “--dry-run” is no selector/],
    ['skip', STEP, /`reason` is missing/],
    ['override', STEP, /`content` is missing/],
    ['approve', STEP, /`sha256` is missing/],
    ['approve', { ...STEP, sha256: SHA.slice(0, 12) }, /`sha256` is not the SHA-256 that/],
    ['add-step', { ...STEP, content: 'x' }, /`name` is missing/],
    ['add-step', { ...STEP, content: 'x', name: 'a\nb' }, /`name` must be one line/],
    ['add-step', { ...STEP, content: 'x', name: 'a', anchor: 'behind:migrate' }, /`anchor` is not understood/],
    ['edit-step', { ...STEP, customers: ['acme', 'beta'] }, /Exactly one/],
    ['customer', { customers: ['tag:canary'] }, /`customers`: .*several/],
    ['status', { customers: ['eu-1', 'eu-2'] }, /one cluster/],
  ])('%s %j', (mode, form, message) => {
    const error = caught(() => readForm(mode, { ...EMPTY, ...form }))
    expect(error).toMatchObject({ name: 'UserError', code: 'REQUEST_INVALID', message: expect.stringMatching(message) })
  })
})

function caught(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
