import { canonicalJson, type Context, isRejection, type Json, type Recorded, type Rejection } from '@switchyard/core'
import type { TemplateStep } from '../src/model.ts'
import type { Command } from '../src/release/command.ts'
import { releaseDecider } from '../src/release/records/index.ts'
import type { ReleaseEvent } from '../src/release/records/events.ts'
import type { ReleaseFacts } from '../src/release/records/parts.ts'
import type { ReleaseIndex, State } from '../src/release/records/state.ts'
import { customerSubject, releaseSubject } from '../src/release/subjects.ts'

export const SLUG = 'spring'
export const FACTS: ReleaseFacts = {
  slug: SLUG,
  name: 'Spring',
  type: 'release',
  version_number: '1.10',
  release_date: null,
  description: '',
  metadata: {},
  commit: 'c'.repeat(40),
}

export function customerOf(address: string) {
  const [cluster = '', namespace = ''] = address.split('/')
  return { cluster, namespace, name: namespace.toUpperCase() }
}

export function stepOf(id: string, change: Partial<TemplateStep> = {}): TemplateStep {
  return { id, category: 'deploy', name: `Do ${id}`, type: 'bash', content: `echo ${id}`, description: '', ...change }
}

/** A stream without a ledger: many subjects, views, texts; everything is read back as from a branch. */
export class Stage {
  readonly states = new Map<string, State>()
  readonly documents = new Map<string, Json>()
  readonly texts = new Map<string, string>()
  readonly events: Recorded<ReleaseEvent>[] = []
  index: ReleaseIndex = releaseDecider.index.initial
  /** Which release is worked on. */
  slug = SLUG

  state(subject: string): State {
    return this.states.get(subject) ?? releaseDecider.initial
  }

  /** Returns why it was refused; undefined when it was not. */
  ask(address: string | undefined, command: Command, login = 'maintainer'): Rejection['rejected'] | undefined {
    const subject = address === undefined ? releaseSubject(this.slug) : customerSubject(this.slug, customerOf(address))
    const context = this.#context(subject, login)
    const outcome = releaseDecider.decide(this.state(subject), command, context)
    if (isRejection(outcome)) return outcome.rejected
    for (const event of outcome.events) this.#take(event, context)
    return undefined
  }

  #take(event: ReleaseEvent, context: Context<ReleaseIndex, State>): void {
    const { subject, at, actor, run } = context
    const read = releaseDecider.parse.event(readBack(event))
    const seq = this.events.length + 1
    const recorded: Recorded<ReleaseEvent> = { ...read, id: `e${seq}`, seq, correlation_id: 'c', subject, at, actor, run }
    this.events.push(recorded)
    this.states.set(subject, releaseDecider.parse.state(readBack(releaseDecider.evolve(this.state(subject), recorded))))
    this.index = releaseDecider.parse.index(readBack(releaseDecider.index.evolve(this.index, recorded)))
    for (const view of releaseDecider.views) {
      const name = view.document(at, subject)
      const { document, pages = {} } = view.evolve((name === undefined ? undefined : this.documents.get(name)) ?? view.initial, recorded)
      if (name !== undefined) this.documents.set(name, readBack(document))
      for (const [page, content] of Object.entries(pages)) this.documents.set(page, readBack(content))
    }
  }

  #context(subject: string, login: string): Context<ReleaseIndex, State> {
    return {
      subject,
      peer: (other) => this.state(other),
      at: Date.UTC(2026, 10, 21) + this.events.length,
      actor: { login, kind: 'user' },
      run: { repository: 'acme/releases', run_id: 1, run_attempt: 1, job: 'step', url: 'https://github.example' },
      index: this.index,
    }
  }
}

/** As the branch hands it out again: its keys are sorted. */
function readBack(value: unknown): Json {
  return JSON.parse(canonicalJson(value))
}
