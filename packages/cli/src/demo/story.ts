import type { Progress } from '@switchyard/workflow-runner'
import { toInertLine } from '../terminal/inert.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { RecordedRun } from '../run/record-runs.ts'

/** One job of the toolkit, played on the repositories of its example. A new one is a file here and an entry in `stories.ts`. */
export interface Story {
  /** By which it is chosen on the command line. */
  readonly name: string
  readonly title: string
  /** What happens, in a sentence. */
  readonly lead: string
  /** Plays it, telling as it goes. Returns what the page says beside the runs. */
  tell(telling: Telling): Promise<readonly StoryPart[]>
  /** Runs that fail because the story wants them to. */
  isMeantToFail?(run: RecordedRun): boolean
}

export interface Telling {
  readonly terminal: Terminal
  readonly onProgress: (progress: Progress) => void
}

export interface StoryPart {
  readonly heading: string
  readonly markdown: string
}

/** Something that is there, in a few words. */
export interface Fact {
  readonly label: string
  readonly text: string
}

export function printHeading(terminal: Terminal, text: string): void {
  terminal.print(`\n${terminal.style('bold', text)}`)
}

export function printFacts(terminal: Terminal, facts: readonly Fact[]): void {
  const width = Math.max(12, ...facts.map(({ label }) => label.length + 1))
  for (const { label, text } of facts) terminal.print(`  ${terminal.style('dim', label.padEnd(width))} ${toInertLine(text)}`)
}

export const renderFacts = (facts: readonly Fact[]): string =>
  facts.map(({ label, text }) => `- **${label}**: ${escapeMarkdownLine(text)}`).join('\n')

/** A fence longer than any run of backticks within. */
export function renderFence(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

const escapeMarkdownLine = (text: string): string => toInertLine(text).replaceAll(/[\\`*_{}[\]()#+.!<>|~-]/g, (char) => `\\${char}`)
