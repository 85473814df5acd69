import { truncate } from '@switchyard/core'
import { toInert, toInertLine } from '../terminal/inert.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { LintReport, PlacedFault } from './lint-folders.ts'

/** Longer source lines are shown around the place only. */
const SOURCE_WIDTH = 120

/** The faults for a person: by file, each with its line and a caret under the place. */
export function renderReport(terminal: Pick<Terminal, 'style'>, { files, faults }: LintReport): string {
  const byFile = Map.groupBy(faults, ({ place }) => place.file)
  const parts = [...byFile].map(([file, found]) => {
    const lines = (files.get(file) ?? '').split(/\r?\n/)
    return [
      terminal.style('bold', toInertLine(file)),
      ...found.map((fault) => renderFault(terminal, fault, lines[fault.place.line - 1] ?? '')),
    ].join('\n')
  })
  return [...parts, renderSum({ files, faults })].join('\n\n')
}

function renderFault({ style }: Pick<Terminal, 'style'>, { place, severity, code, message, hint }: PlacedFault, line: string): string {
  const head = `  ${place.line}:${place.column} ${style(severity === 'error' ? 'red' : 'yellow', severity)} ${toInertLine(message)} ${style('dim', code)}`
  return [
    head,
    ...renderSource(line, place).map((shown) => style('cyan', shown)),
    ...(hint === undefined ? [] : [`      ${toInert(hint).replaceAll('\n', '\n      ')}`]),
  ].join('\n')
}

function renderSource(line: string, place: PlacedFault['place']): readonly string[] {
  const from = place.column > SOURCE_WIDTH ? place.column - 1 - SOURCE_WIDTH / 2 : 0
  const before = toInertLine(line.slice(from, place.column - 1))
  const shown = before + toInertLine(line.slice(place.column - 1))
  if (shown.trim() === '') return []
  const number = String(place.line).padStart(5)
  return [`${number} | ${truncate(shown, SOURCE_WIDTH)}`, `${' '.repeat(number.length)} | ${' '.repeat(before.length)}^`]
}

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

export function renderSum({ files, faults }: LintReport): string {
  const read = `${count(files.size, 'file')} read`
  if (faults.length === 0) return `${read}, no fault`
  const errors = faults.filter(({ severity }) => severity === 'error').length
  return `${read}: ${count(errors, 'error')}, ${count(faults.length - errors, 'warning')}`
}
