import { lexer, type Token, walkTokens } from 'marked'

export interface Alive {
  /** Raw HTML that a reader's browser would get. */
  readonly html: readonly string[]
  readonly links: readonly string[]
  readonly images: readonly string[]
  readonly headings: readonly string[]
  /** Plain words, outside code: where mentions and references come alive. A link's own number is none. */
  readonly words: readonly string[]
  readonly boxes: number
}

/** What a text has that acts: read by a Markdown reader of GitHub's dialect. */
export function findAlive(markdown: string): Alive {
  const html: string[] = []
  const links: string[] = []
  const images: string[] = []
  const headings: string[] = []
  const words: string[] = []
  let boxes = 0
  void walkTokens(lexer(markdown, { gfm: true }), (token: Token) => {
    if (token.type === 'html') html.push(token.raw)
    if (token.type === 'link') links.push(token.href)
    if (token.type === 'image') images.push(token.href)
    if (token.type === 'heading') headings.push(token.text)
    if (token.type === 'list_item' && token.task) boxes += 1
    if (token.type === 'text' && !('tokens' in token) && !/^#\d+$/.test(token.raw)) words.push(token.raw)
  })
  return { html, links, images, headings, words, boxes }
}

/** Whether each row of each table has as many cells as its head. Source: GFM, a `|` ends a cell unless a backslash escapes it. */
export function isEvenTable(markdown: string): boolean {
  const lines = withoutFences(markdown).split('\n')
  let columns = 0
  return lines.every((line) => {
    if (!line.startsWith('|')) {
      columns = 0
      return true
    }
    const cells = line.replace(/\\./g, '').split('|').length
    columns = columns === 0 ? cells : columns
    return cells === columns
  })
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^(`{3,})\w*\n[\s\S]*?^\1$/gm, '')
}

/** Titles, paths and sentences that try everything at once. */
export const HOSTILE = [
  '@everyone @acme/team #12 acme/app#3 GH-4',
  '[click](https://evil.example) ![x](https://evil.example/x.png)',
  '<img src=x onerror=alert(1)>',
  '</summary></details><script>alert(1)</script>',
  '<!-- switchyard:plan card -->',
  '--> <!-- switchyard:plan item=repo-1~issue-7 key=login -->',
  '<!-- /switchyard:plan section -->',
  '``` code ` more ~~~',
  'a | b | c \\| d \\',
  '`code | with pipe` and `half',
  '| --- | --- |',
  '\n\n- [x] new line\n# head',
  '- [x] tick me',
  '1. one',
  '~~**__*x*__**~~',
  'https://evil.example www.evil.example mailto:x@evil.example',
  '&lt;b&gt; &amp; &#64;everyone',
  '"] --> x["<b>graph</b>"]; click t0 "https://evil.example"',
  '\u202egnirts\u2066 x',
  '\u0000\u0007\u2028 line',
  '\ud83d half an emoji',
  '👩‍👩‍👧‍👦 🔑 emoji',
  'تسجيل الدخول @everyone | <b>',
  'כניסה עם [מפתח](https://evil.example)',
] as const
