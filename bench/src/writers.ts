import { dispatchDecider } from '@switchyard/dispatching/records'
import { verify } from '@switchyard/ledger/maintenance'
import { openLedgerLab, writeOnce } from './ledger.ts'
import type { Row } from './row.ts'

const WRITERS = 50
const REQUESTS_EACH = 6
/** They come within this time, ms. */
const ARRIVAL = 1_000
const LATENCY = 20

/** Fifty writers on one branch within a second: what it costs each, and that all of them land. */
export async function measureWriters(): Promise<Row> {
  const lab = await openLedgerLab(LATENCY)
  try {
    await writeOnce(lab.store(), 1_000)
    lab.github.log.reset()
    const waits = await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        await new Promise((resolve) => setTimeout(resolve, (writer / WRITERS) * ARRIVAL))
        const started = performance.now()
        const events = await writeOnce(lab.store(), writer + 1)
        return events.length === 1 ? performance.now() - started : Infinity
      }),
    )
    const each = lab.github.log.count() / WRITERS
    const worst = Math.max(...waits)
    const { findings } = await verify(dispatchDecider, lab.store())
    return {
      job: `${WRITERS} writers on one branch in a second`,
      measured: `${each.toFixed(1)} requests a writer, ${Number.isFinite(worst) ? 'all landed' : 'some lost'}, worst wait ${(worst / 1_000).toFixed(1)} s, verify: ${findings.length} findings`,
      budget: `${REQUESTS_EACH} requests a writer`,
      isWithin: each <= REQUESTS_EACH && Number.isFinite(worst) && findings.length === 0,
    }
  } finally {
    await lab.close()
  }
}
