import { GitHubError, InternalError, type JsonObject, renderPlace, type SwitchyardError, toEnvelope, UserError } from '@switchyard/core'
import { toInert } from './inert.ts'
import type { Terminal } from './terminal.ts'

/** Shows an error: the envelope as the only document on standard output, on one line where documents are lines, or for a person what happened and what to do. */
export function reportError(
  terminal: Terminal,
  error: SwitchyardError,
  { json, now }: { readonly json: boolean | 'line'; readonly now: number },
): void {
  if (json === 'line') return terminal.print(JSON.stringify(toEnvelope(error, now)))
  if (json) {
    printJson(terminal, { ...toEnvelope(error, now) })
    return
  }
  const place = error instanceof UserError && error.place !== undefined ? `${renderPlace(error.place)}: ` : ''
  terminal.note(`${terminal.style('red', 'error')} ${terminal.style('bold', error.code)} ${toInert(`${place}${error.message}`)}`)
  if (error instanceof UserError) {
    for (const fault of error.faults) {
      terminal.note(`  ${toInert(fault.place ? `${renderPlace(fault.place)}: ${fault.message}` : fault.message)}`)
    }
  }
  if (error instanceof GitHubError && error.requestId !== undefined) terminal.note(`  request id ${toInert(error.requestId)}`)
  if (error.hint !== undefined) terminal.note(toInert(error.hint))
  if (error instanceof InternalError) {
    terminal.note('This is a bug in Switchyard. Set SWITCHYARD_DEBUG=1 to see where it happened, and please report it.')
  }
}

/** The one document that `--json` prints. */
export function printJson(terminal: Terminal, document: JsonObject | object): void {
  terminal.print(JSON.stringify(document, null, 2))
}
