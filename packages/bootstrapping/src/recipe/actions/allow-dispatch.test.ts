import { parseDispatching } from '@switchyard/dispatching/config'
import { describe, expect, test } from 'vitest'
import { scene, textAt, treeWith } from '../../../test/scenes.ts'
import { withFile } from '../../tree/change-tree.ts'
import { textFile } from '../../tree/text.ts'
import { applyAction, type PureStep } from '../apply-action.ts'

const FILE = '.github/dispatching.yml'
const allow: PureStep = {
  kind: 'ALLOW_DISPATCH',
  params: {
    source: 'acme/platform',
    workflow: 'release.yml',
    branches: ['main'],
    targets: [{ workflow: 'deploy.yml', refs: ['v*'], inputs: ['version'] }, { workflow: 'smoke.yml' }],
  },
}

function after(text: string | undefined, step: PureStep = allow): string {
  const outcome = applyAction(treeWith(text === undefined ? {} : { [FILE]: text }), step, scene)
  return outcome.ok ? `${outcome.status}: ${textAt(outcome.tree, FILE)}` : `${outcome.fault.code}: ${outcome.fault.message}`
}

const RULE = `inbound:
  - source:
      repository: acme/platform
      workflow: release.yml
      branches:
        - main
    targets:
      - workflow: deploy.yml
        refs:
          - v*
        inputs:
          - version
      - workflow: smoke.yml
`

describe('ALLOW_DISPATCH', () => {
  test.each([
    ['without a file', undefined, RULE],
    ['with an empty one', '', RULE],
    ['with comments only', '# who may start what\n', `# who may start what\n\n${RULE}`],
    [
      'beside outbound rules, comments kept',
      '# top\noutbound: # out\n  - source: { workflow: ci.yml }\n    targets: [{ repository: other, workflow: cd.yml }]\n',
      `# top\noutbound:\n  # out\n  - source: {workflow: ci.yml}\n    targets: [{repository: other, workflow: cd.yml}]\n${RULE}`,
    ],
    [
      'behind other rules',
      `${RULE.replace('acme/platform', 'acme/other')}# end\n`,
      `${RULE.replace('acme/platform', 'acme/other')}${RULE.slice('inbound:\n'.length)}\n# end\n`,
    ],
  ])('%s', (_, text, expected) => expect(after(text)).toBe(`done: ${expected}`))

  test('what it writes is what the dispatching actions read', () => {
    const parsed = parseDispatching(after(undefined).replace('done: ', ''), { file: FILE, owner: 'acme' })
    expect(parsed.ok && parsed.config.inbound).toMatchObject([
      { repository: { owner: 'acme', name: 'platform' }, branches: ['main'], targets: [{ refs: ['v*'], inputs: ['version'] }, {}] },
    ])
  })

  test('the same rule twice is one', () => expect(after(RULE)).toBe(`skipped: ${RULE}`))

  test('Windows line ends stay', () =>
    expect(after('outbound:\r\n  - x: y\r\n')).toBe(`done: outbound:\r\n  - x: y\r\n${RULE.replaceAll('\n', '\r\n')}`))

  test.each(['[]', 'inbound: {}', 'inbound: x', 'a: 1\na: 2', 'a: &a [*a]', 'a: b: c'])('%j cannot be added to', (text) =>
    expect(after(text)).toMatch(/^bad-dispatching/),
  )

  test('nothing is written through a link', () => {
    const outcome = applyAction(withFile(treeWith({ other: RULE }), FILE, textFile('../other', '120000')), allow, scene)
    expect(outcome.ok ? '' : outcome.fault.code).toBe('file-is-link')
  })
})
