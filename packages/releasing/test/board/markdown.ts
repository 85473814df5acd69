import { lexer, type Token, walkTokens } from 'marked'

export interface Alive {
  /** Raw HTML that a reader's browser would get. */
  readonly html: readonly string[]
  readonly links: readonly string[]
  readonly images: readonly string[]
}

/** What a text has that acts: read by a Markdown reader of GitHub's dialect. */
export function findAlive(markdown: string): Alive {
  const found = { html: [] as string[], links: [] as string[], images: [] as string[] }
  void walkTokens(lexer(markdown, { gfm: true }), (token: Token) => {
    if (token.type === 'html') found.html.push(token.raw)
    if (token.type === 'link') found.links.push(token.href)
    if (token.type === 'image') found.images.push(token.href)
  })
  return found
}

/** Boxes of task lists, as drawn. */
export function countBoxes(markdown: string): { readonly all: number; readonly ticked: number } {
  let all = 0
  let ticked = 0
  void walkTokens(lexer(markdown, { gfm: true }), (token: Token) => {
    if (token.type !== 'list_item' || !token.task) return
    all += 1
    if (token.checked) ticked += 1
  })
  return { all, ticked }
}

/** Rows of tables with as many cells as their head has. */
export function isEvenTable(markdown: string): boolean {
  const lines = markdown.split('\n').filter((line) => line.startsWith('|'))
  return lines.every((line) => /[^\\]\|$/.test(line))
}

/** Names and notes that try everything at once. */
export const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</summary></details><script>alert(1)</script>',
  '[click](https://evil.example) ![x](https://evil.example/x.png)',
  '@everyone @acme/team #12 acme/app#3 GH-4',
  '``` code ` more',
  'a | b | c \\| d',
  '\u202egnirts\u2066 x',
  '- [x] tick me <!-- eu-1/acme -->',
  '`migrate` <!-- eu-1/acme -->',
  '--> <!-- switchyard:release board=other page=3 -->',
  '| --- | --- |',
  '\n\n- [x] new line\n# head',
  '~~**__*x*__**~~ \\',
  'https://evil.example www.evil.example mailto:x@evil.example',
  '&lt;b&gt; &amp;',
  '\u0000\u0007\u2028 line',
  '\ud83d half an emoji',
  '👩‍👩‍👧‍👦 🔑 emoji',
  'تسجيل الدخول @everyone | <b>',
  'כניסה עם [מפתח](https://evil.example)',
] as const

/** A text without the isolates that we put around what is written from right to left. */
export function withoutIsolates(markdown: string): string {
  return markdown.replace(/\u2068([^\u2066-\u2069\n]*)\u2069/g, '$1')
}
