import type { Outcome } from '@switchyard/action'
import { escapeMarkdown, inlineCode, renderTable } from '@switchyard/core'
import { dispatchDecider } from '@switchyard/dispatching/records'
import type { LedgerStore } from '@switchyard/ledger'
import { exportEvents, rebuild, type Verification, verify } from '@switchyard/ledger/maintenance'
import { prepareExportFile, writeExport } from './export-file.ts'
import type { Arguments, Spec } from './run.ts'

/** A page names this many findings; the rest are counted. */
const FINDINGS_SHOWN = 200

/** One of the three jobs, on the ledger of the stream that was named. */
export function maintain(given: Arguments, store: LedgerStore): Promise<Outcome<Spec>> {
  switch (given.inputs.command) {
    case 'verify':
      return verifyLedger(store)
    case 'rebuild':
      return rebuildLedger(store)
    case 'export':
      return exportLedger(given, store)
  }
}

async function verifyLedger(store: LedgerStore): Promise<Outcome<Spec>> {
  const verification = await verify(dispatchDecider, store)
  const { events, findings, head } = verification
  if (head === undefined) return noLedger(store)
  const errors = findings.filter(({ severity }) => severity === 'error')
  const isClean = errors.length === 0
  return {
    decision: isClean ? 'done' : 'failed',
    reasonCode: isClean ? 'clean' : 'findings-found',
    headline: `${store.place.branch}: ${events} events, ${errors.length} files that are not right, ${findings.length - errors.length} warnings`,
    result: { events, findings: findings.slice(0, FINDINGS_SHOWN).map(({ kind, path, message, severity }) => ({ kind, path, message, severity })) },
    outputs: { events, findings: findings.length },
    summary: renderFindings(store, verification),
    annotations: errors.slice(0, 10).map(({ path, message }) => ({ level: 'error', title: path, message })),
  }
}

async function rebuildLedger(store: LedgerStore): Promise<Outcome<Spec>> {
  const { written, deleted } = await rebuild(dispatchDecider, store)
  const isChanged = written.length + deleted.length > 0
  return {
    decision: isChanged ? 'done' : 'nothing-to-do',
    reasonCode: isChanged ? 'rebuilt' : 'nothing-to-rebuild',
    headline: `${store.place.branch}: ${written.length} files made anew, ${deleted.length} removed`,
    result: { written: [...written], deleted: [...deleted] },
  }
}

async function exportLedger({ inputs, context }: Arguments, store: LedgerStore): Promise<Outcome<Spec>> {
  const file = await prepareExportFile(context.workspace, inputs.exportPath)
  const lines: string[] = []
  for await (const line of exportEvents(store)) lines.push(line)
  await writeExport(file, lines.join(''))
  return {
    decision: 'done',
    reasonCode: 'exported',
    headline: `${lines.length} events of ${store.place.branch} are in ${file.name}`,
    result: { events: lines.length, path: file.name },
    outputs: { events: lines.length },
  }
}

function noLedger({ place }: LedgerStore): Outcome<Spec> {
  return { decision: 'nothing-to-do', reasonCode: 'no-ledger', headline: `${place.repository} has no branch ${place.branch}`, result: { events: 0 }, outputs: { events: 0, findings: 0 } }
}

function renderFindings({ place }: LedgerStore, { events, findings }: Verification): string {
  const rows = findings.slice(0, FINDINGS_SHOWN).map(({ severity, path, kind, message }) => [severity, inlineCode(path), kind, escapeMarkdown(message)])
  const rest = findings.length > FINDINGS_SHOWN ? [`… and ${findings.length - FINDINGS_SHOWN} more.`] : []
  const table = rows.length === 0 ? ['Every derived file is what the events give.'] : [renderTable(['', 'File', 'Finding', 'What'], rows), ...rest]
  return [`## Ledger ${inlineCode(place.branch)}: ${events} events, ${findings.length} findings`, ...table].join('\n\n')
}
