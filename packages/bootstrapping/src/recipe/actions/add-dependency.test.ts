import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scene, textAt, treeWith } from '../../../test/scenes.ts'
import { applyAction, type PureStep } from '../apply-action.ts'

const add = (name: string, version = '^1.0.0', dev = false): PureStep => ({ kind: 'ADD_DEPENDENCY', params: { name, version, dev } })

function after(manifest: string, step: PureStep): string {
  const outcome = applyAction(treeWith({ 'package.json': manifest }), step, scene)
  return outcome.ok ? (textAt(outcome.tree, 'package.json') ?? '') : outcome.fault.code
}

function summaryOf(manifest: string, step: PureStep): string {
  const outcome = applyAction(treeWith({ 'package.json': manifest }), step, scene)
  return outcome.ok ? outcome.summary : outcome.fault.message
}

describe('package.json keeps how it was written', () => {
  test.each([
    [
      'between its neighbours where they are sorted',
      '{\n  "dependencies": {\n    "a": "1",\n    "c": "1"\n  }\n}\n',
      '{\n  "dependencies": {\n    "a": "1",\n    "b": "^1.0.0",\n    "c": "1"\n  }\n}\n',
    ],
    ['in front', '{\n  "dependencies": {\n    "c": "1"\n  }\n}', '{\n  "dependencies": {\n    "b": "^1.0.0",\n    "c": "1"\n  }\n}'],
    [
      'at the end where they are not',
      '{"dependencies": {"z": "1", "a": "1"}}',
      '{"dependencies": {"z": "1","a": "1","b": "^1.0.0"}}'.replace('","a', '", "a'),
    ],
    [
      'with tabs and Windows line ends',
      '{\r\n\t"name": "x",\r\n\t"dependencies": {\r\n\t\t"a": "1"\r\n\t}\r\n}\r\n',
      '{\r\n\t"name": "x",\r\n\t"dependencies": {\r\n\t\t"a": "1",\r\n\t\t"b": "^1.0.0"\r\n\t}\r\n}\r\n',
    ],
    [
      'into an empty section',
      '{\n    "dependencies": {},\n    "x": [1, 2]\n}\n',
      '{\n    "dependencies": {\n        "b": "^1.0.0"\n    },\n    "x": [1, 2]\n}\n',
    ],
    [
      'with a section of its own, before the other',
      '{\n  "name": "x",\n  "devDependencies": {}\n}\n',
      '{\n  "name": "x",\n  "dependencies": {\n    "b": "^1.0.0"\n  },\n  "devDependencies": {}\n}\n',
    ],
    ['with a section of its own, last', '{\n  "name": "x"\n}\n', '{\n  "name": "x",\n  "dependencies": {\n    "b": "^1.0.0"\n  }\n}\n'],
    ['in an empty manifest', '{}\n', '{\n  "dependencies": {\n    "b": "^1.0.0"\n  }\n}\n'],
    ['on one line', '{"name":"x"}', '{"name":"x","dependencies":{"b":"^1.0.0"}}'],
    ['behind a byte order mark', '\ufeff{"dependencies":{"a":"1"}}', '\ufeff{"dependencies":{"a":"1","b":"^1.0.0"}}'],
    ['among keys that look like numbers', '{"2":1,"1":2,"dependencies":{}}', '{"2":1,"1":2,"dependencies":{"b":"^1.0.0"}}'],
  ])('%s', (_, manifest, expected) => expect(after(manifest, add('b'))).toBe(expected))

  test('a development section goes behind the other', () => {
    expect(after('{"dependencies":{},"scripts":{}}', add('b', '1', true))).toBe(
      '{"dependencies":{},"devDependencies":{"b":"1"},"scripts":{}}',
    )
  })
})

describe('a package that is there already', () => {
  test.each([
    [
      'the same version',
      '{"dependencies":{"b":"^1.0.0"}}',
      add('b'),
      '{"dependencies":{"b":"^1.0.0"}}',
      'b ^1.0.0 is among the dependencies already.',
    ],
    [
      'another version',
      '{"dependencies":{"b":"2"}}',
      add('b'),
      '{"dependencies":{"b":"^1.0.0"}}',
      'Replaced b 2 by ^1.0.0 in the dependencies.',
    ],
    [
      'for production, wanted in development',
      '{"dependencies":{"b":"2"}}',
      add('b', '3', true),
      '{"dependencies":{"b":"3"}}',
      'Replaced b 2 by 3 in the dependencies.',
    ],
    [
      'for development, wanted in production',
      '{"devDependencies":{"a":"1","b":"2"}}',
      add('b'),
      '{"dependencies":{"b":"^1.0.0"},"devDependencies":{"a":"1"}}',
      'Moved b ^1.0.0 from the devDependencies to the dependencies.',
    ],
    [
      'alone for development, wanted in production',
      '{"devDependencies":{"b":"2"},"dependencies":{"a":"1"}}',
      add('b'),
      '{"devDependencies":{},"dependencies":{"a":"1","b":"^1.0.0"}}',
      'Moved b ^1.0.0 from the devDependencies to the dependencies.',
    ],
  ])('%s', (_, manifest, step, expected, summary) => {
    expect(after(manifest, step)).toBe(expected)
    expect(summaryOf(manifest, step)).toBe(summary)
  })
})

test.each([
  '',
  '[]',
  '{"dependencies":[]}',
  '{"dependencies":{"b":1}}',
  '{"a":1,}',
  '// x\n{}',
  '{"dependencies":{"b":"1","b":"2"}}',
  '{"dependencies":{},"dependencies":{}}',
])('%j is no manifest', (manifest) => expect(after(manifest, add('b'))).toBe('not-package-json'))

test.each([
  ['too long', `{"x":"${'x'.repeat(500_000)}"}`],
  ['nested too deeply', `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
])('what is %s is no manifest', (_, manifest) => expect(after(manifest, add('b'))).toBe('not-package-json'))

test('a missing manifest is told as such', () => {
  const outcome = applyAction(treeWith({}), add('b'), scene)
  expect(outcome.ok ? '' : outcome.fault.code).toBe('file-missing')
})

test('any manifest in any layout gains exactly this one dependency, and a second time nothing', () => {
  const names = fc.constantFrom('a', 'b', '@s/c', 'd.js', 'e-f')
  const section = fc.dictionary(names, fc.constantFrom('1', '^2.0.0'))
  const manifest = fc.record(
    { name: fc.string(), dependencies: section, devDependencies: section, scripts: fc.dictionary(fc.string(), fc.string()) },
    { requiredKeys: [] },
  )
  const layout = fc.constantFrom(undefined, 1, 2, 4, '\t')
  fc.assert(
    fc.property(manifest, layout, names, fc.boolean(), (before, indent, name, dev) => {
      const text = JSON.stringify(before, undefined, indent)
      const changed = after(text, add(name, '9', dev))
      const { dependencies = {}, devDependencies = {}, ...rest } = JSON.parse(changed) as typeof before
      const { dependencies: old = {}, devDependencies: oldDev = {}, ...oldRest } = before
      expect(rest).toEqual(oldRest)
      const inDev = dev && !Object.hasOwn(old, name)
      expect(dependencies).toEqual(inDev ? old : { ...old, [name]: '9' })
      expect({ ...devDependencies, [name]: '9' }).toEqual({ ...oldDev, [name]: '9' })
      expect(after(changed, add(name, '9', dev))).toBe(changed)
      // A manifest without a member shows no layout.
      if (indent !== undefined && text !== '{}') expect(changed).toBe(JSON.stringify(JSON.parse(changed), undefined, indent))
    }),
  )
})
