import { z } from 'zod'
import { MAINTAINER } from './names.ts'
import { openLedger } from './open-ledger.ts'
import { PLATFORM, type ReleaseStage } from './release-stage.ts'

const eventShape = z.object({
  seq: z.int(),
  type: z.string(),
  subject: z.string(),
  actor: z.object({ login: z.string() }),
  data: z.looseObject({ step: z.unknown() }).partial(),
})
const matrixShape = z.object({
  steps: z.array(z.string()),
  customers: z.record(z.string(), z.object({ cells: z.string(), customs: z.record(z.string(), z.string()) })),
})

/** What a release's ledger holds, as its owner reads it. */
export interface ReleaseSeen {
  /** Every event in the ledger's own order. */
  readonly events: readonly z.infer<typeof eventShape>[]
  /** The cells of each customer, a letter each. */
  readonly cells: Readonly<Record<string, string>>
}

export async function lookAtRelease({ github, tokenOf }: ReleaseStage, slug = 'hotfix'): Promise<ReleaseSeen> {
  const branch = 'switchyard/release'
  const head = await github.world.git(PLATFORM).readRef(`refs/heads/${branch}`)
  if (head === undefined) return { events: [], cells: {} }
  const store = openLedger(github, { repository: PLATFORM, branch, token: tokenOf(MAINTAINER) })
  const files = await store.readAt(
    head,
    (await store.listAt(head)).map(({ path }) => path),
  )
  const lines = [...files].flatMap(([path, text]) => (path.endsWith('.jsonl') ? text.trimEnd().split('\n') : []))
  const events = lines.map((line) => eventShape.parse(JSON.parse(line))).toSorted((left, right) => left.seq - right.seq)
  const matrix = files.get(`views/matrix/${slug}.json`)
  const customers = matrix === undefined ? {} : matrixShape.parse(JSON.parse(matrix)).customers
  return { events, cells: Object.fromEntries(Object.entries(customers).map(([address, row]) => [address, row.cells])) }
}

/** The ticked boxes of a body, as `address step`. */
export function tickedIn(body: string): readonly string[] {
  return [...body.matchAll(/^- \[x\] .*`([^`]+)` <!-- (\S+) -->$/gm)].map(([, step, address]) => `${address} ${step}`)
}

/** A person's click on one box, on a body as it is just then. */
export function flip(address: string, step: string): (body: string) => string {
  return (body) =>
    body
      .split('\n')
      .map((line) => {
        if (!line.endsWith(`\`${step}\` <!-- ${address} -->`)) return line
        return line.startsWith('- [ ]') ? line.replace('- [ ]', '- [x]') : line.replace('- [x]', '- [ ]')
      })
      .join('\n')
}
