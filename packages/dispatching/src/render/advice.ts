import { escapeMarkdown } from '@switchyard/core'
import type { Refusal } from '../reasons.ts'

/** What happened and what to do, with the lines to add. Code in our own words (`key`) stays code, all else is inert. */
export function renderAdvice({ message, hint, lines }: Refusal): string {
  const text = `${renderWords(message)} ${renderWords(hint)}`
  return lines === undefined ? text : `${text}\n\n${renderYaml(lines)}`
}

/** A sentence in which code spans stay code and all else is inert. Names in it are other people's: it is one line. */
export function renderWords(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? part : escapeMarkdown(part)))
    .join('')
}

function renderYaml(lines: string): string {
  const longest = Math.max(2, ...(lines.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}yaml\n${lines}\n${fence}`
}
