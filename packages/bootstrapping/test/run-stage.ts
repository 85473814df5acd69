import { type Context, isRejection, type Recorded, type Rejection, toTextRef } from '@switchyard/core'
import type {
  BootstrapAnswer,
  BootstrapCommand,
  BootstrapEffect,
  BootstrapEvent,
  BootstrapIndex,
  BootstrapState,
  Plan,
} from '../src/index.ts'
import { bootstrapDecider } from '../src/run/records/index.ts'

export const RECIPE = '{"actions":[]}'
const hex = (digit: string, length: number): string => digit.repeat(length)

export function planOf(runId: string, change: Partial<Plan> = {}): Plan {
  return {
    run_id: runId,
    owner: 'acme',
    owner_kind: 'organization',
    slug: 'Shop',
    visibility: 'private',
    requested_by: { login: 'maintainer', id: 7 },
    requested_at: 1_000,
    selected_options: { auth: ['none'] },
    recipe: toTextRef(RECIPE),
    recipe_hash: hex('a', 64),
    catalog_version: hex('b', 64),
    action_schema_version: '1.0',
    template_repo: 'acme/template',
    template_version: 'v1.0.0',
    template_source_sha: hex('c', 40),
    approval_hash: hex('d', 64),
    commit: hex('e', 40),
    retry_of: null,
    issue: null,
    ...change,
  }
}

export const MADE = { id: 42, full_name: 'acme/Shop', url: 'https://github.example/acme/Shop', created_at: 1_500 }

export function startOf(
  runId: string,
  change: { readonly plan?: Partial<Plan>; readonly approved?: string | null; readonly repin?: boolean; readonly asked_at?: number } = {},
): BootstrapCommand {
  const { plan, approved = null, repin = false, asked_at = 1_000 } = change
  return { kind: 'start', plan: planOf(runId, plan), recipe: RECIPE, asked_at, approved, repin }
}

/** One subject with its open effects: the loop without a ledger. Everything is read back as from a branch. */
export class Stage {
  state: BootstrapState = bootstrapDecider.initial
  index: BootstrapIndex = bootstrapDecider.index.initial
  readonly events: BootstrapEvent[] = []
  readonly effects: BootstrapEffect[] = []
  readonly effectIds: string[] = []
  at = 1_000

  ask(command: BootstrapCommand, login = 'maintainer'): Rejection['rejected'] | undefined {
    const outcome = bootstrapDecider.decide(this.state, command, this.#context(login))
    if (isRejection(outcome)) return outcome.rejected
    this.#take(outcome)
    return undefined
  }

  answer(kind: BootstrapEffect['kind'], answer: BootstrapAnswer): void {
    const at = this.effects.findIndex((effect) => effect.kind === kind)
    const [effect] = this.effects.splice(at, 1)
    if (at < 0 || effect === undefined) throw new RangeError(`No ${kind} is open`)
    this.#take(bootstrapDecider.settle(this.state, effect, answer, this.#context('maintainer')))
  }

  #take({ events, effects }: { readonly events: readonly BootstrapEvent[]; readonly effects: readonly BootstrapEffect[] }): void {
    for (const event of events) {
      const read = bootstrapDecider.parse.event(JSON.parse(JSON.stringify(event)))
      this.events.push(read)
      const recorded: Recorded<BootstrapEvent> = { ...read, ...this.#place() }
      this.state = bootstrapDecider.parse.state(JSON.parse(JSON.stringify(bootstrapDecider.evolve(this.state, recorded))))
      this.index = bootstrapDecider.parse.index(JSON.parse(JSON.stringify(bootstrapDecider.index.evolve(this.index, recorded))))
    }
    for (const effect of effects) {
      this.effects.push(bootstrapDecider.parse.effect(JSON.parse(JSON.stringify(effect))))
      this.effectIds.push(effect.id)
    }
    this.at += 1
  }

  #place(): Omit<Recorded<object>, never> {
    const { subject, at, actor, run } = this.#context('maintainer')
    return { id: String(this.events.length), seq: this.events.length, correlation_id: 'c', subject, at, actor, run }
  }

  #context(login: string): Context<BootstrapIndex, BootstrapState> {
    return {
      subject: 'acme/shop',
      at: this.at,
      actor: { login, kind: 'user' },
      run: { repository: 'acme/control', run_id: 1, run_attempt: 1, job: 'bootstrap', url: 'https://github.example/run/1' },
      index: this.index,
      peer: () => this.state,
    }
  }
}
