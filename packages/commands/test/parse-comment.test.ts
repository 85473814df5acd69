import { effortOf } from '@switchyard/core/effort'
import { expect, it } from 'vitest'
import { MAX_COMMANDS, parseComment } from '../src/index.ts'
import { families } from './definitions.ts'

const parse = (text: string) => parseComment(text, families)
const linesOf = (text: string) => parse(text).commands.map(({ family, line, column }) => `${line}:${column} ${family}`)
const faultsOf = (text: string) => parse(text).faults.map(({ code, line, column }) => `${line}:${column} ${code}`)

it.each<[string, string, string[]]>([
  ['a line alone', '/release list', ['1:1 release']],
  ['several lines with words between', 'Please:\n\n/release list\nand\n/step done a b\n', ['3:1 release', '5:1 step']],
  ['lines that end as mail does', 'Hi\r\n/release list\r\n/help\r\n', ['2:1 release', '3:1 help']],
  ['up to three spaces, as Markdown has it', '   /release list', ['1:4 release']],
  ['capital letters', '/Release List', ['1:1 release']],
  ['a no-break space behind the family', '/release\u00a0list', ['1:1 release']],
  ['a mark that nobody sees in front', '\ufeff\u200b/release list', ['1:3 release']],
  ['below a list', '- one\n- two\n/release list', ['3:1 release']],
  ['below a quote and an empty line', '> before\n\n/release list', ['3:1 release']],
  ['below a quote that is empty', '>\n/release list', ['2:1 release']],
  ['below a closed block', '```\n/step done a b\n```\n/release list', ['4:1 release']],
  ['below the end of a comment', '<!-- /step done a b -->\n/release list', ['2:1 release']],
  ['below inline code', 'so `code` and ``more ` `` here\n/release list\nand `more`', ['2:1 release']],
  ['below a backtick that is not closed', 'so `code\n/release list', ['2:1 release']],
  ['below a backtick that another paragraph closes', 'so `code\n\n/release list\n\nends` here', ['3:1 release']],
  ['below a backtick that is escaped', 'so \\`code\n/release list\nends` here', ['2:1 release']],
  ['below `<!--` in code', 'Use `<!--` here\n/release list\n-->', ['2:1 release']],
  ['below `<!--` in code of three lines', 'so `a\nso <!-- b\nso `c\n/release list\n-->', ['4:1 release']],
  ['below `<!--` that nothing closes in its paragraph', 'so <!-- open\n/release list\n\n-->', ['2:1 release']],
])('finds a command: %s', (_, text, expected) => {
  expect(linesOf(text)).toEqual(expected)
  expect(faultsOf(text)).toEqual([])
})

it.each<[string, string]>([
  ['in a quote', '> /release list'],
  ['in a quote within a quote', '> > /release list'],
  ['in a fence', '```\n/release list\n```'],
  ['in a fence of tildes', '~~~\n/release list\n```\n/help\n~~~'],
  ['in a fence that a shorter one does not close', '````\n/release list\n```\n/help\n````'],
  ['in a fence that a fence with words does not close', '```\n/release list\n``` bash\n/help\n```'],
  ['in a fence that is never closed', '```\n/release list'],
  ['in indented code', '    /release list'],
  ['in code indented by a tab', '\t/release list'],
  ['indented as code within a paragraph', 'so\n    /release list'],
  ['in a list item', '- /release list'],
  ['in a numbered list item', '1. /release list'],
  ['below a list item', '- see\n\n  /release list'],
  ['in a fence in a list item', '1. see\n   ```\n   /release list\n   ```'],
  ['in a comment', '<!--\n/release list\n-->'],
  ['in a comment with empty lines', '<!--\n\n/release list\n\n-->'],
  ['in a comment that is never closed', '<!--\n/release list'],
  ['in a comment that opens within a paragraph', 'so <!-- then\n/release list\n-->'],
  ['in a comment behind one with a backtick', 'so <!-- ` -->\nso <!-- then\n/release list\n--> `'],
  ['on the line that closes a comment', '<!--\n--> /release list'],
  ['in `pre`', '<pre>\n\n/release list\n\n</pre>'],
  ['behind other words', 'please /release list'],
  ['a path', '/usr/bin/env'],
  ['a path below a family', '/release/list'],
  ['a file', '/release.yml'],
  ['another robot’s', '/deploy\n/rebase\n/lgtm\n/stop\n/test\n/hold'],
  ['two slashes', '//release list'],
  ['emphasis', '**/release list**'],
])('finds none: %s', (_, text) => {
  expect(parse(text)).toEqual({ commands: [], faults: [] })
})

it.each<[string, string[]]>([
  ['/relase list', ['1:1 unknown-family']],
  ['Hi\n/erlease list\n/setp done a b', ['2:1 unknown-family', '3:1 unknown-family']],
  ['/steps', ['1:1 unknown-family']],
  ['/bootstrep run', ['1:1 unknown-family']],
  ['> quoted\n/release list', ['2:1 command-in-quote']],
  ['> quoted\nand on\n/release list', ['3:1 command-in-quote']],
  ['- > quoted\n/release list', ['2:1 command-in-quote']],
  ['so `code\n/release list\nends` here', ['2:1 command-in-code']],
  ['so ``code ` \n/release list\n`` here', ['2:1 command-in-code']],
  ['/step done a b it`s\n/step done c b that`s', ['2:1 command-in-code']],
  ['/step done a b \u202etxet', ['1:16 hidden-character']],
  ['/step done\u0007 a b', ['1:11 hidden-character']],
  ['/step done a b "not closed', ['1:16 unclosed-quote']],
  ['/step done a b --before="x', ['1:25 unclosed-quote']],
  ['/step override a b\n```bash\nls', ['2:1 unclosed-block']],
  ['/release list\n\nsee\n\n```\n/help', ['5:1 unclosed-block']],
])('says what is wrong with %j', (text, expected) => {
  expect(faultsOf(text)).toEqual(expected)
})

it('tells the family that was meant', () => {
  expect(parse('/relase list').faults[0]?.hint).toContain('“/release”')
})

it.each<[string, string[]]>([
  ['a  b\tc\u00a0d', ['a', 'b', 'c', 'd']],
  ['"a b" \'c d\' ""', ['a b', 'c d', '']],
  [String.raw`"say \"hi\" \\ \n"`, [String.raw`say "hi" \ \n`]],
  [String.raw`'a \ b \\' c`, [String.raw`a \ b \\`, 'c']],
  ["it's don't 12\"", ["it's", "don't", '12"']],
  ['“Run it” ‘and this’ „dort“', ['Run it', 'and this', 'dort']],
  ['"a “b” c"', ['a “b” c']],
  ['“a" b', ['a', 'b']],
  ['"a b"c', ['"a b"c']],
  ['a\u200bb c\u00add', ['ab', 'cd']],
  ['- -5 -- --x —', ['-', '-5', '--', '--x', '—']],
])('splits %j into words', (text, expected) => {
  const { commands } = parse(`/help ${text}`)
  expect(commands[0]?.tokens.map((token) => (token.kind === 'word' ? token.text : token.source))).toEqual(expected)
})

it.each<[string, string, string | undefined, boolean]>([
  ['--all', 'all', undefined, false],
  ['--All', 'all', undefined, false],
  ['--before=x', 'before', 'x', false],
  ['--before="x y"', 'before', 'x y', false],
  ['--before=', 'before', '', false],
  ['—all', 'all', undefined, true],
  ['–all', 'all', undefined, true],
  ['–-all', 'all', undefined, true],
  ['-—all', 'all', undefined, true],
  ['−−all=x', 'all', 'x', true],
])('reads the flag %s', (text, name, value, typographic) => {
  const token = parse(`/help ${text}`).commands[0]?.tokens[0]
  expect(token).toMatchObject({ kind: 'flag', name, value, typographic, line: 1, column: 7 })
})

it('takes everything behind `--` as words', () => {
  expect(parse('/help -- --all —all -- x').commands[0]?.tokens.map(({ kind }) => kind)).toEqual(['end', 'word', 'word', 'word', 'word'])
})

it('counts columns in the comment, whatever nobody sees before them', () => {
  expect(parse('\u200b/help \u200ba "b" c').commands[0]?.tokens.map(({ column }) => column)).toEqual([9, 11, 15])
})

it.each<[string, string]>([
  ['```bash\nset -e\n\n  ls\n```', 'set -e\n\n  ls'],
  ['\n\n~~~~ bash\n~~~\n~~~~', '~~~'],
  ['  ```bash  \n   a\n b\nc\n  ```', ' a\nb\nc'],
  ['```bash\r\na\r\nb\r\n```', 'a\nb'],
  ['```bash\n```', ''],
])('takes the block below a command: %j', (block, content) => {
  const parsed = parse(`/step override a b\n${block}`)
  expect(parsed.faults).toEqual([])
  expect(parsed.commands[0]?.block).toMatchObject({ info: 'bash', content })
})

it('takes no block that words part from the command', () => {
  expect(parse('/release list\nsee\n```\nlog\n```').commands[0]?.block).toBeUndefined()
})

it('stops at more commands than anybody types', () => {
  const { commands, faults } = parse('/release list\n'.repeat(1_000))
  expect(commands).toHaveLength(MAX_COMMANDS)
  expect(faults.map(({ code, line }) => [code, line])).toEqual([['too-many-commands', MAX_COMMANDS + 1]])
})

it.each<[string, string]>([
  ['blocks', '```\n```\n'],
  ['openings of comments', 'a <!--\n'],
  ['backticks', '`'],
  ['openings of comments behind backticks', '` <!--\n'],
  ['comments and code by turns', '` <!-- ` -->\n'],
  ['paragraphs with other blocks between', 'a `\n<?x?>\n2. b <!--\n'],
  ['quotes', '> '],
  ['list items', '- '],
  ['spaces', ' \t'],
  ['commands', '/help "\n'],
  ['numbers', '1. > '],
])('reads the largest comment of %s without stalling', (_, part) => {
  const text = `/help ${part.repeat(Math.floor(260_000 / part.length))}`
  const effort = effortOf(() => {
    parse(text)
    parse(text.slice(6))
  })
  expect(effort).toBeLessThan(300)
})
