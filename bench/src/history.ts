import { bootstrapDecider } from '@switchyard/bootstrapping/records'
import { type Decider, type DomainEvent, type Effect, toTextRef } from '@switchyard/core'
import { dispatchDecider } from '@switchyard/dispatching/records'
import { type CommandRequest, type EffectHandler, Ledger } from '@switchyard/ledger'
import { MemoryBranch, MemoryStore } from '@switchyard/ledger/memory'
import type { Stream } from './growth.ts'

/** Requests of one transaction, and how far apart transactions are: nobody starts more than the hour allows. */
const BATCH = 50
const STEP_MS = 3_600_001
const TARGETS_EACH = 20
/** Different ones: as many as one document of views holds with ease. */
const TARGETS = 100
const RECIPE = '{"actions":[]}'
const hex = (digit: string, length: number): string => digit.repeat(length)

export interface HistoryWanted {
  readonly stream: Stream
  /** Whose ledger it is. */
  readonly repositoryId: number
  /** At least so many. */
  readonly events: number
}

/** The files of a ledger with a long past that ends now, made by the loop itself in memory. */
export function makeHistory({ stream, ...wanted }: HistoryWanted): Promise<ReadonlyMap<string, string>> {
  if (stream === 'dispatch') {
    return fill({ ...wanted, decider: dispatchDecider, requestOf: refusals, handlers: refuseAll, eventsEach: TARGETS_EACH })
  }
  return fill({ ...wanted, decider: bootstrapDecider, requestOf: startOf, handlers: madeAtOnce, eventsEach: 11 })
}

interface Filling<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index> extends Omit<HistoryWanted, 'stream'> {
  readonly decider: Decider<State, Command, Event, Eff, Answer, Index>
  readonly requestOf: (number: number) => CommandRequest<Command>
  readonly handlers: EffectHandler<Eff, Answer>
  /** About as many as one request gives. */
  readonly eventsEach: number
}

async function fill<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  filling: Filling<State, Command, Event, Eff, Answer, Index>,
): Promise<ReadonlyMap<string, string>> {
  const { decider, requestOf, handlers, eventsEach, repositoryId, events } = filling
  const branch = new MemoryBranch()
  const requests = Math.ceil(events / eventsEach)
  let at = Date.now() - Math.ceil(requests / BATCH) * STEP_MS
  const ledger = new Ledger({
    decider,
    store: new MemoryStore(branch, {}, { repositoryId }),
    ports: { now: () => at, random: () => 0, sleep: async () => undefined },
    run: { repository: 'acme/bench', run_id: 1, run_attempt: 1, job: 'bench', url: 'https://github.example/run' },
    actor: { login: 'bench', kind: 'system' },
    leaseMs: 3_600_000,
    isAttemptCompleted: async () => false,
  })
  for (let done = 0; done < requests; done += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, requests - done) }, (_, index) => requestOf(done + index))
    await ledger.perform({ handlers, requests: batch })
    // Only the newest commit is wanted: each holds every file.
    for (const commit of branch.commits.keys()) if (commit !== branch.head) branch.commits.delete(commit)
    at += STEP_MS
  }
  return branch.files
}

const refuseAll = { apply: () => Promise.reject(new Error('nothing to apply')), ask: () => Promise.reject(new Error('nothing to ask')) }

/** One run whose targets all refuse. */
function refusals(number: number): CommandRequest<Parameters<typeof dispatchDecider.decide>[1]> {
  const url = 'https://github.example/run'
  const source = {
    repository_id: 9,
    repository: 'acme/past',
    visibility: 'private',
    workflow: '.github/workflows/ci.yml',
    run_id: number + 1,
    run_attempt: 1,
    url,
  } as const
  const targets = Array.from({ length: TARGETS_EACH }, (_, index) => {
    const id = 1_000_000 + ((number * TARGETS_EACH + index) % TARGETS)
    const target = {
      repository_id: id,
      repository: `acme/past-${id}`,
      visibility: 'private',
      workflow: '.github/workflows/cd.yml',
      ref: 'main',
    } as const
    return {
      kind: 'refusal',
      key: `rule-${index}`,
      ruleId: undefined,
      target,
      warnings: [],
      refusal: { reason: 'not-allowed', message: 'm', hint: 'h' },
    } as const
  })
  return {
    subject: `repo-9~run-${number + 1}`,
    idempotencyKey: `past ${number}`,
    command: { kind: 'complete', source, targets, issues: { create: 'never', repository: 'acme/past', visibility: 'private' } },
  }
}

/** One repository that is made, from asking to its end. */
function startOf(number: number): CommandRequest<Parameters<typeof bootstrapDecider.decide>[1]> {
  const plan = {
    run_id: number.toString(16).padStart(16, '0'),
    owner: 'acme',
    owner_kind: 'organization',
    slug: `past-${number}`,
    visibility: 'private',
    requested_by: { login: `person-${number}`, id: number + 1 },
    requested_at: 1_000,
    selected_options: { auth: ['none'] },
    recipe: toTextRef(RECIPE),
    recipe_hash: hex('a', 64),
    catalog_version: hex('b', 64),
    action_schema_version: '1.0',
    template_repo: 'acme/past-template',
    template_version: 'v1.0.0',
    template_source_sha: hex('c', 40),
    approval_hash: hex('d', 64),
    commit: hex('e', 40),
    retry_of: null,
    issue: null,
  } as const
  return {
    subject: `acme/past-${number}`,
    idempotencyKey: `past ${number}`,
    command: { kind: 'start', plan, recipe: RECIPE, asked_at: 1_000, approved: null, repin: false },
  }
}

const madeAtOnce: EffectHandler<Parameters<typeof bootstrapDecider.settle>[1], Parameters<typeof bootstrapDecider.settle>[2]> = {
  async apply(effect) {
    switch (effect.kind) {
      case 'create-repository': {
        const url = `https://github.example/acme/${effect.slug}`
        return {
          kind: 'repository',
          repository: { id: Number.parseInt(effect.run_id, 16) + 1, full_name: `acme/${effect.slug}`, url, created_at: 1_000 },
          goesOn: true,
        }
      }
      case 'push':
        return { kind: 'pushed', commit: effect.commit ?? hex('e', 40) }
      case 'apply-settings':
        return { kind: 'settled', warnings: [] }
      case 'delete-repository':
      case 'open-update':
        throw new Error('Nobody asked for it')
    }
  },
  ask: () => Promise.reject(new Error('Nothing is ever left open')),
}
