import { findNearest } from '@switchyard/core'
import type { FlagDefinition } from '../definition.ts'
import { type CommandFault, listWords } from '../fault.ts'
import type { EndOfFlags, FlagToken, Token, Word } from '../parse/tokens.ts'
import type { Said } from './said.ts'

export interface FlagQuestion {
  readonly command: string
  readonly known: Readonly<Record<string, FlagDefinition>>
  readonly tokens: readonly Token[]
  readonly line: number
}

export interface BoundFlags {
  /** Every known flag: a switch that is not given is false. */
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  /** What is left for the arguments. */
  readonly words: readonly (Word | EndOfFlags)[]
  readonly faults: readonly CommandFault[]
}

/** Takes the flags out of a command's tokens; they may stand anywhere before `--`. */
export function bindFlags(question: FlagQuestion): BoundFlags {
  const { known, tokens, line } = question
  const given = new Map<string, string | true>()
  const words: (Word | EndOfFlags)[] = []
  const faults: CommandFault[] = []
  let ended = false
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token?.kind === 'flag') {
      const definition = Object.hasOwn(known, token.name) ? known[token.name] : undefined
      if (!definition && token.typographic) {
        words.push({ kind: 'word', line, column: token.column, source: token.source, text: token.source, quoted: false })
        continue
      }
      const next = tokens[index + 1]
      const follows = definition && definition.kind !== 'switch' && token.value === undefined && next?.kind === 'word' ? next : undefined
      if (follows) index += 1
      const value = token.value ?? follows?.text
      const fault = faultOf(token, { ...question, definition, value, again: given.has(token.name) })
      if (fault) faults.push({ ...fault, line, column: token.column })
      else given.set(token.name, value ?? true)
    } else if (token) {
      if (token.kind === 'end') ended = true
      const meant = ended ? undefined : oneDash(token, known)
      if (meant === undefined) words.push(token)
      else faults.push({ ...hasOneDash(token.source, meant), line, column: token.column })
    }
  }
  const values = Object.entries(known).map(
    ([name, { kind }]) => [name, given.get(name) ?? (kind === 'switch' ? false : undefined)] as const,
  )
  return { values: Object.fromEntries(values), words, faults }
}

interface Judged extends FlagQuestion {
  readonly definition: FlagDefinition | undefined
  readonly value: string | undefined
  readonly again: boolean
}

function faultOf(token: FlagToken, { command, known, definition, value, again }: Judged): Said | undefined {
  const flag = `“--${token.name}”`
  if (!definition) {
    const names = Object.keys(known)
    const near = findNearest(token.name, names)
    const list = names.length === 0 ? 'It has none.' : `It has ${listWords(names.map((name) => `--${name}`))}.`
    const hint = `${near ? `Did you mean “--${near}”?` : list} Text that begins with dashes goes in quotes.`
    return { code: 'unknown-flag', message: `“/${command}” has no flag ${flag}.`, hint }
  }
  if (again) return { code: 'flag-twice', message: `${flag} is given twice.`, hint: 'Delete one of them.' }
  if (definition.kind === 'switch') {
    if (value === undefined) return undefined
    return { code: 'flag-with-value', message: `${flag} takes no value.`, hint: `Write ${flag} alone.` }
  }
  const expected = definition.kind === 'choice' ? definition.choices.join('|') : `<${definition.value}>`
  if (value === undefined || value === '') {
    return { code: 'flag-without-value', message: `${flag} needs a value.`, hint: `Write “--${token.name} ${expected}”.` }
  }
  return definition.kind === 'choice' ? choiceFault(value, definition.choices, flag) : undefined
}

/** What is wrong with a word of a closed list. `where`: behind which flag it stands; left out: behind the command. */
export function choiceFault(value: string, choices: readonly string[], where?: string): Said | undefined {
  if (choices.includes(value)) return undefined
  const near = findNearest(value, choices)
  const hint = near ? `Did you mean “${near}”?` : `Write one of ${listWords(choices)}.`
  const behind = where === undefined ? 'here' : `behind ${where}`
  return { code: 'unknown-choice', message: `“${value}” is none of the words that can stand ${behind}.`, hint }
}

/** The known flag that `-name` was meant to be. */
function oneDash(token: Word | EndOfFlags, known: Readonly<Record<string, FlagDefinition>>): string | undefined {
  if (token.kind === 'end' || token.quoted) return undefined
  const name = /^-([A-Za-z][^\s=]*)(?:=.*)?$/s.exec(token.text)?.[1]?.toLowerCase()
  return name !== undefined && Object.hasOwn(known, name) ? name : undefined
}

function hasOneDash(source: string, meant: string): Said {
  return { code: 'one-dash', message: `“${source}” has one dash.`, hint: `Write “--${meant}”, or put it in quotes if it is text.` }
}
