import { truncate } from './truncate.ts'

/** A label in which nothing of others comes alive: every sign but letters, digits and a few is written as its number. */
export function mermaidLabel(lines: readonly string[], max = 60): string {
  const safe = lines.map((line) => {
    const shown = truncate(line.replace(/[\p{C}\s\u2028\u2029]+/gu, ' ').trim(), max)
    return shown.replace(/[^\p{L}\p{M}\p{N} .,/_-]/gu, (sign) => `#${sign.codePointAt(0)};`)
  })
  return `"${safe.filter((line) => line !== '').join('<br>')}"`
}

/** A drawing as GitHub shows it. */
export function renderMermaid(lines: readonly string[]): string {
  return ['```mermaid', ...lines, '```'].join('\n')
}
