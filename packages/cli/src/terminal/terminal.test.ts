import { GitHubError, UserError } from '@switchyard/core'
import { describe, expect, test } from 'vitest'
import { toInert, toInertLine } from './inert.ts'
import { reportError } from './report-error.ts'
import { renderColumns } from './table.ts'
import { createTerminal, type Terminal } from './terminal.ts'

function record({ isTTY, env = {} }: { isTTY: boolean; env?: Readonly<Record<string, string>> }): {
  terminal: Terminal
  written: { stdout: string; stderr: string }
} {
  const written = { stdout: '', stderr: '' }
  const terminal = createTerminal({
    stdout: { isTTY, write: (text) => void (written.stdout += text) },
    stderr: { isTTY, write: (text) => void (written.stderr += text) },
    env,
  })
  return { terminal, written }
}

describe('colours', () => {
  test.each([
    ['on a terminal', { isTTY: true }, '\u001b[31mx\u001b[39m'],
    ['not in a file or pipe', { isTTY: false }, 'x'],
    ['not with NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }, 'x'],
    ['with an empty NO_COLOR, which does not count', { isTTY: true, env: { NO_COLOR: '' } }, '\u001b[31mx\u001b[39m'],
  ])('%s', (_, options, expected) => {
    expect(record(options).terminal.style('red', 'x')).toBe(expected)
  })
})

describe('progress', () => {
  test('gives way to the next line on a terminal', () => {
    const { terminal, written } = record({ isTTY: true })
    terminal.progress('one')
    terminal.print('two')
    terminal.print('three')
    expect(written).toEqual({ stdout: 'two\nthree\n', stderr: '\u001b[?7lone\u001b[?7h\r\u001b[K' })
  })

  test('of several lines is erased line by line', () => {
    const { terminal, written } = record({ isTTY: true })
    terminal.progress('one', 'two')
    terminal.progress()
    expect(written.stderr).toBe('\u001b[?7lone\ntwo\u001b[?7h\r\u001b[K\u001b[1A\r\u001b[K')
  })

  test.each([
    ['elsewhere', { isTTY: false }],
    ['on a terminal that cannot move', { isTTY: true, env: { TERM: 'dumb' } }],
  ])('is not shown %s', (_, options) => {
    const { terminal, written } = record(options)
    terminal.progress('one')
    terminal.print('two')
    expect(written).toEqual({ stdout: 'two\n', stderr: '' })
  })
})

describe('what others wrote', () => {
  test.each([
    ['\u001b[31mred\u0007', '\\u{1b}[31mred\\u{7}'],
    ['a\rb', 'a\\u{d}b'],
    ['\u202eback', '\\u{202e}back'],
    ['two\nlines\tand é 字', 'two\nlines\tand é 字'],
  ])('%j is shown as text', (text, expected) => expect(toInert(text)).toBe(expected))

  test('stays on one line in a table', () => {
    expect(toInertLine('a\r\n b\tc')).toBe('a b c')
    const { terminal } = record({ isTTY: false })
    expect(
      renderColumns(terminal, {
        head: ['subject', 'n'],
        rows: [
          ['a\u001b[2J\nb', '1'],
          ['c', '20'],
        ],
      }),
    ).toBe('subject       n\na\\u{1b}[2J b  1\nc             20')
  })
})

describe('an error', () => {
  const now = Date.UTC(2026, 0, 2)
  const error = new UserError('BAD', 'no\u001b[2J', { hint: 'mend it', place: { file: 'a.yml', line: 2, column: 3 } })

  test('says what is wrong, where, and what to do, on standard error', () => {
    const { terminal, written } = record({ isTTY: false })
    reportError(terminal, error, { json: false, now })
    expect(written).toEqual({ stdout: '', stderr: 'error BAD a.yml:2:3: no\\u{1b}[2J\nmend it\n' })
  })

  test('of GitHub names the request', () => {
    const { terminal, written } = record({ isTTY: false })
    reportError(terminal, new GitHubError('GITHUB_NOT_FOUND', 'gone', { status: 404, route: 'GET /x', requestId: 'A:1' }), {
      json: false,
      now,
    })
    expect(written.stderr).toBe('error GITHUB_NOT_FOUND gone\n  request id A:1\n')
  })

  test('is its envelope as JSON', () => {
    const { terminal, written } = record({ isTTY: false })
    reportError(terminal, error, { json: true, now })
    expect(JSON.parse(written.stdout)).toMatchObject({ code: 'BAD', timestamp: '2026-01-02T00:00:00.000Z', place: { line: 2 } })
  })
})
