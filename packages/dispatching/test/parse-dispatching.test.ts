import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDispatching, TRUSTED_EVENTS } from '../src/config.ts'

const at = { file: '.github/dispatching.yml', owner: 'acme' }

function parseFixture(name: string) {
  const parsed = parseDispatching(readFileSync(new URL(`./valid/${name}.yml`, import.meta.url), 'utf8'), at)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed
}

describe('a valid dispatching.yml', () => {
  it('in its smallest form gets every default', () => {
    const { config, warnings } = parseFixture('seed')
    expect(warnings).toEqual([])
    expect(config.outbound).toMatchObject([
      {
        workflow: { file: 'ci.yml' },
        conclusions: ['success'],
        branches: undefined,
        events: TRUSTED_EVENTS,
        targets: [{ repository: { owner: 'acme', name: 'my-target-repo' }, workflow: { file: 'cd.yml' }, ref: undefined, inputs: {} }],
      },
    ])
    expect(config.inbound).toMatchObject([
      { repository: { owner: 'acme', name: 'my-source-repo' }, workflow: { file: 'ci.yml' }, targets: [{ workflow: { file: 'cd.yml' }, refs: undefined, inputs: undefined }] },
    ])
  })

  it('keeps values as they are written: 1.10 is not 1.1', () => {
    expect(parseFixture('everything').config.outbound[0]?.targets[0]?.inputs).toMatchObject({ version: '1.10', dry: 'true' })
  })

  it('lets no event of strangers through by default', () => {
    const strangers = ['pull_request', 'pull_request_target', 'issue_comment', 'issues', 'fork', 'discussion', 'watch']
    expect(TRUSTED_EVENTS.filter((event) => strangers.includes(event))).toEqual([])
  })

  it('may use anchors', () => {
    expect(parseFixture('anchors').config.outbound.map(({ workflow }) => workflow.file)).toEqual(['ci.yml', 'ci.yml'])
  })

  it('says a rule once that stands there twice, with a warning at the second', () => {
    const { config, warnings } = parseFixture('duplicate-rule')
    expect(config.outbound[0]?.targets).toHaveLength(1)
    expect(warnings).toMatchObject([{ code: 'duplicate-rule', severity: 'warning', place: { line: 5, column: 9 } }])
  })

  it('warns of a display name, which a rename unhooks', () => {
    expect(parseFixture('display-name').warnings).toMatchObject([{ code: 'display-name', place: { line: 4, column: 38 } }])
  })
})

describe('any text', () => {
  const word = fc.constantFrom('outbound:', 'inbound:', '\n', '  ', '- ', 'source:', '{', '}', '[', ']', 'workflow: ci.yml', 'targets:', '${{', '}}', 'run.id', "'", '"', '&a', '*a', ':', '\t', '#', '|', '---', '<<', '!', '\u0000', '😀', 'x')

  it('is answered, never thrown at, and faults stand within the file', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(word, { maxLength: 40 }).map((words) => words.join('')), fc.string()), (text) => {
        const parsed = parseDispatching(text, at)
        const lines = text.split('\n')
        for (const { place } of parsed.ok ? parsed.warnings : parsed.faults) {
          expect(place?.line).toBeGreaterThanOrEqual(1)
          expect(place?.line).toBeLessThanOrEqual(lines.length)
          expect(place?.column).toBeGreaterThanOrEqual(1)
          expect(place?.column).toBeLessThanOrEqual((lines[(place?.line ?? 1) - 1]?.length ?? 0) + 1)
        }
        if (!parsed.ok) expect(parsed.faults.length).toBeGreaterThan(0)
      }),
      { numRuns: 2_000 },
    )
  })
})
