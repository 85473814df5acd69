import { Marked, type Token, type Tokens } from 'marked'
import { toInert, toInertLine } from '../terminal/inert.ts'
import { renderColumns } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

const marked = new Marked({ gfm: true })
type Styling = Pick<Terminal, 'style'>

/**
 * A job summary's Markdown as lines for a terminal: tables in columns, headings bold. Tags, drawings and where links lead are left
 * out: most lead to the embedded GitHub, which has ended by then.
 */
export function renderSummaryText(terminal: Styling, markdown: string): readonly string[] {
  return renderBlocks(terminal, marked.lexer(markdown)).flatMap((block) => block.split('\n'))
}

function renderBlocks(terminal: Styling, tokens: readonly Token[]): readonly string[] {
  return tokens.map((token) => renderBlock(terminal, token)).filter((block) => block !== '')
}

function renderBlock(terminal: Styling, token: Token): string {
  if (isToken(token, 'heading')) return terminal.style('bold', inline(token.tokens))
  if (isToken(token, 'table')) return renderTable(terminal, token)
  if (isToken(token, 'code')) return token.lang === 'mermaid' ? '' : toInert(token.text).replaceAll(/^/gm, '    ')
  if (isToken(token, 'list')) {
    return token.items.map((item) => `- ${renderBlocks(terminal, item.tokens).join('\n').replaceAll('\n', '\n  ')}`).join('\n')
  }
  if (isToken(token, 'blockquote')) return renderBlocks(terminal, token.tokens).join('\n').replaceAll(/^/gm, '> ')
  if (token.type === 'space' || token.type === 'html' || token.type === 'hr') return ''
  return inline('tokens' in token && token.tokens !== undefined ? token.tokens : [token])
}

function renderTable(terminal: Styling, { header, rows }: Tokens.Table): string {
  return renderColumns(terminal, {
    head: header.map((cell) => inline(cell.tokens)),
    rows: rows.map((row) => row.map((cell) => inline(cell.tokens))),
  })
}

function inline(tokens: readonly Token[]): string {
  return toInertLine(tokens.map(renderInline).join(''))
}

function renderInline(token: Token): string {
  if (token.type === 'html' || token.type === 'checkbox') return ''
  if (token.type === 'br') return ' '
  if ('tokens' in token && token.tokens !== undefined) return token.tokens.map(renderInline).join('')
  return 'text' in token && typeof token.text === 'string' ? token.text : token.raw
}

interface Kinds {
  heading: Tokens.Heading
  table: Tokens.Table
  code: Tokens.Code
  list: Tokens.List
  blockquote: Tokens.Blockquote
}

/** The parser's own tokens are a union with an open member, which their `type` alone does not tell apart. */
function isToken<Kind extends keyof Kinds>(token: Token, kind: Kind): token is Kinds[Kind] {
  return token.type === kind
}
