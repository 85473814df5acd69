import { askersOf, type Outcome, prepareExportFile, writeExport } from '@switchyard/action'
import { inlineCode, UserError } from '@switchyard/core'
import { addressOf, customerSubject, releaseSubject } from '@switchyard/releasing'
import { membersOf } from './choose-customers.ts'
import type { Door } from './door.ts'
import { rowsOf } from './matrix-rows.ts'
import { refuseDraft } from './not-begun.ts'
import { observe, readInventory } from './observe.ts'
import { requireRight } from './requests.ts'
import { createRoles } from '@switchyard/github'
import { readRules } from './rules.ts'
import type { Spec } from './inputs.ts'

/** Writes every copy of every step with its record into a CSV file of the workspace. */
export async function exportMatrix(door: Door, slug: string | undefined): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  if (slug === undefined) {
    throw new UserError('REQUEST_INVALID', 'The input `release` is missing.', { hint: 'Name the release that is to be exported.' })
  }
  const file = await prepareExportFile({ workspace: context.workspace, path: inputs.csvPath, input: 'csv-path' })
  const observation = await observe(door, { slug })
  const { release } = observation
  if (release === null) return refuseDraft(door, observation, slug)
  const [rules, roles] = [await readRules(observation), createRoles(door.github, context.repository)]
  const customers = membersOf({ release, inventory: await readInventory(door, observation) })
  for (const login of askersOf(context)) await requireRight('release status', { rules, roles, login, customers })
  // Once more with all customers, so that the rows are of one commit.
  const subjects = new Map(release.customers.map((customer) => [addressOf(customer), customerSubject(slug, customer)]))
  const loaded = await door.ledger.load({ subjects: [releaseSubject(slug), ...subjects.values()], idempotencyKeys: [] })
  const now = loaded.getState(releaseSubject(slug)).release ?? release
  const rows = rowsOf(now, (address) => {
    const subject = subjects.get(address)
    return subject === undefined ? null : loaded.getState(subject).customer
  })
  const { renderMatrixCsv } = await import('@switchyard/releasing/files')
  await writeExport(file, renderMatrixCsv(rows))
  const headline = `${rows.length} rows of ${slug} were written to ${file.name}.`
  return {
    decision: 'done',
    reasonCode: 'exported',
    headline,
    result: { release: slug, file: file.name, rows: rows.length },
    outputs: { release: slug },
    summary: `### Exported\n\n${rows.length} rows of ${inlineCode(slug)} were written to ${inlineCode(file.name)}.\n`,
  }
}
