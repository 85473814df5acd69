import { type Outcome, prepareExportFile, writeExport } from '@switchyard/action'
import { escapeMarkdown, inlineCode, renderTable } from '@switchyard/core'
import type { LedgerStore } from '@switchyard/ledger'
import { readExport, rebuild, renderExport, type Verification, verify } from '@switchyard/ledger/maintenance'
import { type RuledStream, withDecider } from '@switchyard/streams'
import type { Arguments, Spec } from './run.ts'

/** A page names this many findings; the rest are counted. */
const FINDINGS_SHOWN = 200

/** One of the three jobs, on the ledger of the stream that was named. */
export function maintain(given: Arguments, store: LedgerStore): Promise<Outcome<Spec>> {
  switch (given.inputs.command) {
    case 'verify':
      return verifyLedger(given.inputs.stream, store)
    case 'rebuild':
      return rebuildLedger(given.inputs.stream, store)
    case 'export':
      return exportLedger(given, store)
  }
}

async function verifyLedger(stream: RuledStream, store: LedgerStore): Promise<Outcome<Spec>> {
  const verification = await withDecider(stream, (decider) => verify(decider, store))
  const { events, findings, head } = verification
  if (head === undefined) return noLedger(store)
  const errors = findings.filter(({ severity }) => severity === 'error')
  const isClean = errors.length === 0
  return {
    decision: isClean ? 'done' : 'failed',
    reasonCode: isClean ? 'clean' : 'findings-found',
    headline: `${store.place.branch}: ${events} events, ${errors.length} files that are not right, ${findings.length - errors.length} warnings`,
    result: {
      events,
      findings: findings.slice(0, FINDINGS_SHOWN).map(({ kind, path, message, severity }) => ({ kind, path, message, severity })),
    },
    outputs: { events, findings: findings.length },
    summary: renderFindings(store, verification),
    annotations: errors.slice(0, 10).map(({ path, message }) => ({ level: 'error', title: path, message })),
  }
}

async function rebuildLedger(stream: RuledStream, store: LedgerStore): Promise<Outcome<Spec>> {
  const { written, deleted } = await withDecider(stream, (decider) => rebuild(decider, store))
  const isChanged = written.length + deleted.length > 0
  return {
    decision: isChanged ? 'done' : 'nothing-to-do',
    reasonCode: isChanged ? 'rebuilt' : 'nothing-to-rebuild',
    headline: `${store.place.branch}: ${written.length} files made anew, ${deleted.length} removed`,
    result: { written: [...written], deleted: [...deleted] },
  }
}

async function exportLedger({ inputs, context }: Arguments, store: LedgerStore): Promise<Outcome<Spec>> {
  const file = await prepareExportFile({ workspace: context.workspace, path: inputs.exportPath, input: 'export-path' })
  const { events, texts } = (await readExport(store, { texts: inputs.exportTexts })) ?? { events: [], texts: new Map() }
  await writeExport(file, renderExport({ events, texts }))
  return {
    decision: 'done',
    reasonCode: 'exported',
    headline: `${events.length} events of ${store.place.branch}${texts.size > 0 ? ` and ${texts.size} texts` : ''} are in ${file.name}`,
    result: { events: events.length, texts: texts.size, path: file.name },
    outputs: { events: events.length },
  }
}

function noLedger({ place }: LedgerStore): Outcome<Spec> {
  return {
    decision: 'nothing-to-do',
    reasonCode: 'no-ledger',
    headline: `${place.repository} has no branch ${place.branch}`,
    result: { events: 0 },
    outputs: { events: 0, findings: 0 },
  }
}

function renderFindings({ place }: LedgerStore, { events, findings }: Verification): string {
  const rows = findings
    .slice(0, FINDINGS_SHOWN)
    .map(({ severity, path, kind, message }) => [severity, inlineCode(path), kind, escapeMarkdown(message)])
  const rest = findings.length > FINDINGS_SHOWN ? [`… and ${findings.length - FINDINGS_SHOWN} more.`] : []
  const table =
    rows.length === 0 ? ['Every derived file is what the events give.'] : [renderTable(['', 'File', 'Finding', 'What'], rows), ...rest]
  return [`## Ledger ${inlineCode(place.branch)}: ${events} events, ${findings.length} findings`, ...table].join('\n\n')
}
