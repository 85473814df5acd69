import { isRejection, type Json, type Recorded } from '@switchyard/core'
import {
  type Command,
  type CustomerRecord,
  customerSubject,
  type ReleaseContext,
  type ReleaseEvent,
  releaseRules,
  releaseSubject,
  type State,
  type TemplateStep,
} from '@switchyard/releasing'
import { median, type Row } from './row.ts'

const SLUG = 'autumn'
const TURNS = 50
/** ms. */
const BUDGET = 50
const RUN = { repository: 'acme/platform', run_id: 1, run_attempt: 1, job: 'release', url: '' }
const CUSTOMERS: readonly CustomerRecord[] = Array.from({ length: 200 }, (_, at) => ({
  cluster: `cluster-${at % 5}`,
  namespace: `harbour-${at}`,
  name: `Harbour ${at}`,
}))
const STEPS: readonly TemplateStep[] = Array.from({ length: 50 }, (_, at) => ({
  id: `step-${at}`,
  category: at < 40 ? 'deploy' : 'verify',
  name: `Part ${at}`,
  type: 'bash',
  content: `echo ${at}`,
  description: '',
}))

/** A stream in memory: deciding, folding and the views, without what reads and writes them. */
class Stream {
  readonly #states = new Map<string, State>()
  readonly #documents = new Map<string, Json>()
  #index = releaseRules.index.initial
  #seq = 0

  ask(subject: string, command: Command): void {
    const context: ReleaseContext = {
      subject,
      peer: (other) => this.#state(other),
      at: ++this.#seq,
      actor: { login: 'maintainer', kind: 'user' },
      run: RUN,
      index: this.#index,
    }
    const decided = releaseRules.decide(this.#state(subject), command, context)
    if (isRejection(decided)) throw new Error(decided.rejected.message)
    for (const event of decided.events) {
      this.#take({
        ...event,
        id: `e${++this.#seq}`,
        seq: this.#seq,
        correlation_id: 'c',
        subject,
        at: context.at,
        actor: context.actor,
        run: RUN,
      })
    }
  }

  #state(subject: string): State {
    return this.#states.get(subject) ?? releaseRules.initial
  }

  #take(event: Recorded<ReleaseEvent>): void {
    this.#states.set(event.subject, releaseRules.evolve(this.#state(event.subject), event))
    this.#index = releaseRules.index.evolve(this.#index, event)
    for (const view of releaseRules.views) {
      const name = view.document(event.at, event.subject)
      if (name !== undefined) this.#documents.set(name, view.evolve(this.#documents.get(name) ?? view.initial, event).document)
    }
  }
}

/** How long the rules think on 200 customers with 50 steps: of one command, and of one for all customers. */
export function measureDecisions(emptyMs: number): readonly Row[] {
  const stream = new Stream()
  const facts = {
    slug: SLUG,
    name: 'Autumn',
    type: 'release',
    version_number: '1',
    release_date: null,
    description: '',
    metadata: {},
    commit: 'c'.repeat(40),
  } as const
  stream.ask(releaseSubject(SLUG), { kind: 'activate', facts, steps: STEPS, customers: CUSTOMERS })
  const done = (at: number, step: number): void =>
    stream.ask(customerSubject(SLUG, CUSTOMERS[at] ?? { cluster: '', namespace: '' }), { kind: 'done', step: `step-${step}`, notes: null })
  const one = median(Array.from({ length: TURNS }, (_, at) => timeOf(() => done(at, 0))))
  const bulks = Array.from({ length: 5 }, (_, step) => timeOf(() => CUSTOMERS.forEach((__, at) => done(at, step + 1))))
  const [first = Number.NaN] = bulks
  const all = median(bulks)
  return [
    {
      job: 'decision on one customer’s step of 200 × 50, with state and views',
      measured: `${one.toFixed(1)} ms, ${(one / emptyMs).toFixed(2)} × \`node -e 0\``,
      budget: `${BUDGET} ms`,
      isWithin: one < BUDGET,
    },
    {
      job: '… on the step of all 200 customers',
      measured: `${all.toFixed(1)} ms, ${(all / emptyMs).toFixed(2)} × \`node -e 0\` (the first time ${first.toFixed(1)} ms)`,
      budget: `${BUDGET} ms`,
      isWithin: all < BUDGET,
    },
  ]
}

function timeOf(work: () => void): number {
  const started = performance.now()
  work()
  return performance.now() - started
}
