import { expect, test } from 'vitest'
import { dispatchDecider } from '@switchyard/dispatching/records'
import type { FaultKind } from '@switchyard/local-github'
import { verify } from '@switchyard/ledger/maintenance'
import { createDispatchStage, type DispatchStage, openLedger, sample } from '../src/index.ts'

const TARGETS = ['spoke-1', 'spoke-2', 'spoke-3'] as const
/** A later run looks at what a dead one left when GitHub lists every run that was asked for. */
const LATER_MS = 420_000

interface Kill {
  readonly nth: number
  readonly kind: Extract<FaultKind, 'lost-answer-before' | 'lost-answer-after'>
}

/** Plays the event with the process killed at its nth request: before GitHub did it, or after. */
async function playKilled(
  stage: DispatchStage,
  { nth, kind }: Kill,
): Promise<{ readonly payload: Readonly<Record<string, unknown>>; readonly finish: (how: How) => Promise<void> }> {
  const payload = await stage.completeCi()
  const run = await stage.startDispatchRun()
  let kill = (): void => undefined
  stage.github.faults.add({ match: { nth }, kind, onLost: () => kill() })
  const { killedBy } = await stage.play({ payload, run, onStarted: (child) => (kill = () => void child.kill('SIGKILL')) })
  expect(killedBy).toBe('SIGKILL')
  stage.github.faults.clear()
  stage.github.clock.advance(LATER_MS)
  return {
    payload,
    async finish(how) {
      await stage.github.world.completeRun(run.id, 'cancelled')
      if (how === 'its own next attempt') {
        stage.github.world.rerun(run.id)
        await stage.play({ payload, run, attempt: 2 })
      } else {
        // Another run of the stream comes by with an event of its own, then the first event is delivered again.
        await stage.play({ payload: await stage.completeCi('failure') })
        await stage.play({ payload })
      }
    },
  }
}

const HOWS = ['its own next attempt', 'another run'] as const
type How = (typeof HOWS)[number]

async function countRequests(): Promise<number> {
  const stage = await createDispatchStage({ fanOut: { targets: 3, refusing: 1 } })
  const payload = await stage.completeCi()
  const run = await stage.startDispatchRun()
  stage.github.log.reset()
  await stage.play({ payload, run })
  const count = stage.github.log.count()
  await stage.close()
  return count
}

const total = await countRequests()
const kills = Array.from({ length: total }, (_, at) => at + 1).flatMap((nth) =>
  (['lost-answer-before', 'lost-answer-after'] as const).flatMap((kind) => HOWS.map((how) => ({ nth, kind, how }))),
)

test.each(sample(kills))(
  'killed at request $nth ($kind), finished by $how: each target is started exactly once',
  async ({ nth, kind, how }) => {
    const stage = await createDispatchStage({ fanOut: { targets: 3, refusing: 1 } })
    try {
      const { finish } = await playKilled(stage, { nth, kind })
      await finish(how)
      const started = TARGETS.map((name) => stage.runsOf(name).length)
      expect(started).toEqual([1, 1, 1])
      expect(stage.runsOf('spoke-4')).toEqual([])
      const store = openLedger(stage.github, { repository: stage.source, branch: 'switchyard/dispatch', token: stage.tokens.job })
      expect((await verify(dispatchDecider, store)).findings).toEqual([])
      const open: unknown = JSON.parse((await readLedger(stage, 'open.json')) ?? '{}')
      expect(open).toMatchObject({ intents: {} })
      const { issues, checkRuns } = stage.github.world.state
      expect([...issues.values()].map(({ title }) => title)).toEqual(['Dispatch from acme/hub to cd.yml of acme/spoke-4'])
      expect([...checkRuns.values()].filter(({ externalId }) => externalId?.endsWith(`run-${firstRunOf(stage)}`))).toHaveLength(1)
    } finally {
      await stage.close()
    }
  },
)

function firstRunOf(stage: DispatchStage): number | undefined {
  return stage.runsOf('hub').find(({ workflowPath }) => workflowPath.endsWith('ci.yml'))?.id
}

async function readLedger(stage: DispatchStage, path: string): Promise<string | undefined> {
  const store = stage.github.world.git(stage.source)
  const head = await store.readRef('refs/heads/switchyard/dispatch')
  const entry = head === undefined ? undefined : await store.readPath(head, path)
  return entry === undefined ? undefined : (await store.readBlob(entry.oid))?.toString('utf8')
}
