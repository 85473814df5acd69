import { openLedgerLab, writeOnce } from './ledger.ts'
import { costRow, type Row } from './row.ts'

const SIZES = [10, 1_000] as const

/** One uncontended transaction on a ledger of so many events: requests, depth and bytes must not grow. */
export async function measureGrowth(): Promise<readonly Row[]> {
  const lab = await openLedgerLab(0)
  const rows: Row[] = []
  const bytes: number[] = []
  try {
    let written = 0
    for (const size of SIZES) {
      for (; written < size; written += 1) await writeOnce(lab.store(), written + 1)
      lab.github.log.reset()
      await writeOnce(lab.store(), ++written)
      const cost = { requests: lab.github.log.count(), depth: lab.github.log.depth() }
      const sent = lab.github.log.entries().reduce((sum, entry) => sum + entry.requestBytes + entry.responseBytes, 0)
      bytes.push(sent)
      const row = costRow(`ledger transaction on ${size.toLocaleString('en')} events`, cost, { requests: 2, depth: 2 })
      rows.push({ ...row, measured: `${row.measured}, ${Math.round(sent / 1_000)} KB` })
    }
    return rows
  } finally {
    await lab.close()
  }
}
