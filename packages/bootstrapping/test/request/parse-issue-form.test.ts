import { describe, expect, it } from 'vitest'
import { parseIssueForm } from '../../src/catalogue/index.ts'
import { catalogueOf, category, option } from '../a-catalogue.ts'

const catalogue = catalogueOf(
  category('auth', [option('sessions', [], { label: 'Sessions, in the database' }), option('tokens', [], { label: 'Tokens' })], {
    label: 'Sign-in',
    selection_type: 'SINGLE',
  }),
  category(
    'constructor',
    [option('docs', [], { label: 'Docs' }), option('e2e', [], { label: 'End to end, with browsers' }), option('none-such')],
    { label: 'Add-ons', display_order: 1 },
  ),
)
const form = (answers: Readonly<Record<string, string>>): string =>
  Object.entries({ Owner: 'acme', 'Repository name': 'shop', ...answers })
    .map(([heading, value]) => `### ${heading}\n\n${value}`)
    .join('\n\n')
const chosen = (answers: Readonly<Record<string, string>>) => {
  const parsed = parseIssueForm(form(answers), catalogue)
  return parsed.ok ? parsed.request.selected_options : parsed.faults.map(({ code, message, hint }) => [code, message, hint])
}

it('a form is a request', () => {
  const body = form({
    Visibility: 'Internal',
    'Sign-in': 'Tokens',
    'Add-ons': '- [x] Docs\n- [ ] End to end, with browsers',
    Why: 'Because.\n#### Not a heading',
  })
  expect(parseIssueForm(body.replaceAll('\n', '\r\n'), catalogue)).toEqual({
    ok: true,
    ignored: ['Why'],
    request: {
      repo_owner: 'acme',
      repo_slug: 'shop',
      visibility: 'internal',
      selected_options: { auth: ['tokens'], constructor: ['docs'] },
    },
  })
})

describe('an answer', () => {
  const READ: readonly (readonly [Readonly<Record<string, string>>, Readonly<Record<string, readonly string[]>>])[] = [
    [{}, {}],
    [{ 'Sign-in': '_No response_' }, {}],
    [{ 'Sign-in': '' }, {}],
    [{ 'Sign-in': 'None' }, { auth: [] }],
    [{ 'sign-in': 'Sessions, in the database' }, { auth: ['sessions'] }],
    [{ auth: 'TOKENS' }, { auth: ['tokens'] }],
    [{ 'Sign-in': 'Sessions, in the database, Tokens' }, { auth: ['sessions', 'tokens'] }],
    [{ 'Sign-in': '- [X] tokens' }, { auth: ['tokens'] }],
    [{ 'Sign-in': '* [ ] Tokens\n* [ ] Sessions, in the database' }, { auth: [] }],
  ]
  it.each(READ)('%j chooses %j', (answers, selected) => {
    expect(chosen(answers)).toEqual(selected)
  })

  it('may choose several of a dropdown, though a label holds a comma', () => {
    expect(Object.entries(chosen({ 'Add-ons': 'End to end, with browsers, Docs, none-such' }))).toEqual([
      ['constructor', ['e2e', 'docs', 'none-such']],
    ])
  })

  const REFUSED: readonly (readonly [Readonly<Record<string, string>>, string, string, string])[] = [
    [{ 'Sign-in': 'Token' }, 'unknown-option', '`Sign-in` has no option `Token`.', 'Did you mean `Tokens`?'],
    [
      { 'Sign-in': '- [x] Tokens\nplease' },
      'bad-answer',
      'The answer to `Sign-in` is not a list of boxes.',
      'Tick boxes, and write nothing beside them.',
    ],
    [{ 'Sgn-in': 'Tokens' }, 'unknown-heading', '`Sgn-in` is no question of the form.', 'Did you mean `Sign-in`?'],
    [
      { 'Sign-in': 'Tokens', auth: 'Tokens' },
      'duplicate-heading',
      '`Sign-in` is answered twice.',
      'Keep one of the headings in the issue.',
    ],
    [{ Why: 'x\n\n### Owner\n\nevil' }, 'duplicate-heading', '`Owner` is answered twice.', 'Keep one of the headings in the issue.'],
    [{ Visibility: 'Publik' }, 'unknown-value', 'There is no visibility `Publik`.', 'Did you mean `public`?'],
    [{ Owner: '_No response_' }, 'missing-answer', '`Owner` is not answered.', 'Write it below `### Owner` in the issue.'],
    [
      { Owner: 'acme\nevil' },
      'bad-owner',
      '`Owner` must be the name of a user or an organisation: letters, digits and single dashes, 39 at most; it is `acme\\nevil`.',
      'Write it as in the address on GitHub.',
    ],
    [
      { 'Repository name': '../`x`' },
      'bad-repository-name',
      "`Repository name` must be a repository’s name: letters, digits, dots, dashes and underscores, 100 at most, not ending in `.git` or `.wiki`; it is `../'x'`.",
      'Choose a name such as `payment-service`.',
    ],
  ]
  it.each(REFUSED)('%j is refused: %s', (answers, ...expected) => {
    expect(chosen(answers)).toEqual([expected])
  })
})

it('a heading that is one question’s label and another’s slug belongs to the label', () => {
  const crossed = catalogueOf(
    category('login', [option('tokens')], { label: 'Session' }),
    category('auth', [option('basic')], { label: 'Login' }),
    category('visibility', [option('banner')], { label: 'Signs' }),
  )
  const parsed = parseIssueForm(form({ Visibility: 'public', Login: 'basic', Session: 'tokens', Signs: 'banner' }), crossed)
  expect(parsed).toMatchObject({
    ok: true,
    request: { visibility: 'public', selected_options: { login: ['tokens'], auth: ['basic'], visibility: ['banner'] } },
  })
})

it('an issue that is no form lacks everything that must be asked', () => {
  const parsed = parseIssueForm('Please make me a repository.', catalogue)
  expect(parsed.ok ? [] : parsed.faults.map(({ code }) => code)).toEqual(['missing-answer', 'missing-answer'])
})
