import { canonicalJson, type Context, isRejection, type Json, type Recorded, type Rejection } from '@switchyard/core'
import type { ConvergeAnswer, ConvergeEffect, Idea, IdeaCommand, IdeaStatus } from '../../src/index.ts'
import { ideaSubject } from '../../src/index.ts'
import { planDecider } from '../../src/idea/records/index.ts'
import type { PlanEvent } from '../../src/idea/records/events.ts'
import type { PlanIndex, PlanState } from '../../src/idea/records/state.ts'
import { converged, materialiseOf, moveOf, REPOSITORY, resultOf, SUBJECT, uploadOf } from './idea-commands.ts'

/** The stream without a ledger: ideas, their open effects and views; everything is read back as from a branch. */
export class Stage {
  readonly states = new Map<string, PlanState>()
  readonly documents = new Map<string, Json>()
  readonly texts = new Set<string>()
  readonly events: Recorded<PlanEvent>[] = []
  readonly effects: { readonly subject: string; readonly effect: ConvergeEffect }[] = []
  index: PlanIndex = planDecider.index.initial
  at = Date.UTC(2026, 10, 21)

  idea(subject = SUBJECT): Idea | null {
    return (this.states.get(subject) ?? planDecider.initial).idea
  }

  /** Returns why it was refused; undefined when it was not. */
  ask(
    command: IdeaCommand,
    subject = 'issue' in command ? ideaSubject(REPOSITORY, command.issue.number) : SUBJECT,
  ): Rejection['rejected'] | undefined {
    const outcome = planDecider.decide(this.states.get(subject) ?? planDecider.initial, command, this.#context(subject))
    if (isRejection(outcome)) return outcome.rejected
    this.#take(outcome, subject)
    return undefined
  }

  /** The same, one command after the other, each of which is to be allowed. */
  askAll(...commands: readonly IdeaCommand[]): this {
    for (const command of commands) {
      const refused = this.ask(command)
      if (refused) throw new Error(`${command.kind}: ${refused.message}`)
    }
    return this
  }

  /** Answers the oldest open effect of the subject. */
  answer(answer: ConvergeAnswer, subject = SUBJECT): ConvergeEffect {
    const at = this.effects.findIndex((open) => open.subject === subject)
    const [open] = this.effects.splice(at, 1)
    if (at < 0 || open === undefined) throw new RangeError('Nothing is open')
    this.settle(open.effect, answer, subject)
    return open.effect
  }

  settle(effect: ConvergeEffect, answer: ConvergeAnswer, subject = SUBJECT): void {
    this.#take(planDecider.settle(this.states.get(subject) ?? planDecider.initial, effect, answer, this.#context(subject)), subject)
  }

  #take(
    {
      events,
      effects,
      texts = [],
    }: { readonly events: readonly PlanEvent[]; readonly effects: readonly ConvergeEffect[]; readonly texts?: readonly string[] },
    subject: string,
  ): void {
    for (const event of events) this.#record(event, subject)
    for (const effect of effects) this.effects.push({ subject, effect: planDecider.parse.effect(readBack(effect)) })
    for (const text of texts) this.texts.add(text)
    this.at += 1
  }

  #record(event: PlanEvent, subject: string): void {
    const { at, actor, run } = this.#context(subject)
    const seq = this.events.length + 1
    const recorded: Recorded<PlanEvent> = {
      ...planDecider.parse.event(readBack(event)),
      id: `e${seq}`,
      seq,
      correlation_id: 'c',
      subject,
      at,
      actor,
      run,
    }
    this.events.push(recorded)
    this.states.set(
      subject,
      planDecider.parse.state(readBack(planDecider.evolve(this.states.get(subject) ?? planDecider.initial, recorded))),
    )
    this.index = planDecider.parse.index(readBack(planDecider.index.evolve(this.index, recorded)))
    for (const view of planDecider.views) {
      const name = view.document(at, subject)
      const before = name === undefined ? undefined : this.documents.get(name)
      const { document, pages = {} } = view.evolve(before ?? view.initial, recorded)
      if (name !== undefined) this.documents.set(name, readBack(document))
      for (const [page, content] of Object.entries(pages)) this.documents.set(page, readBack(content))
    }
  }

  #context(subject: string): Context<PlanIndex, PlanState> {
    return {
      subject,
      peer: () => planDecider.initial,
      at: this.at,
      actor: { login: 'robot', kind: 'system' },
      run: { repository: 'acme/ideas', run_id: 7, run_attempt: 1, job: 'plan', url: 'https://github.example/runs/7' },
      index: this.index,
    }
  }
}

/** As the branch hands it out again: its keys are sorted. */
export function readBack(value: unknown): Json {
  return JSON.parse(canonicalJson(value))
}

const UPLOAD = uploadOf()
const REVIEW = moveOf('review-start')
const [GRILL, GRILLED, PLAN, PLAN_FAILED] = [moveOf('grill-start'), moveOf('grill-done'), moveOf('plan-start'), moveOf('plan-failed')]

/** How each status is come to; PLANNED is come to by an answer. */
export const WAYS: Readonly<Record<Exclude<IdeaStatus, 'PLANNED'>, readonly IdeaCommand[]>> = {
  DRAFT: [],
  GRILLING: [GRILL],
  GRILLED: [GRILL, GRILLED],
  PLANNING: [GRILL, GRILLED, PLAN],
  PLAN_FAILED: [GRILL, GRILLED, PLAN, PLAN_FAILED],
  PLAN_READY: [UPLOAD],
  REVIEWING_PLAN: [UPLOAD, REVIEW],
  PLAN_REVIEW_FAILED: [UPLOAD, REVIEW, resultOf('changes-requested')],
  PLAN_REVIEWED: [UPLOAD, REVIEW, resultOf('approved')],
}

export function stageAt(status: IdeaStatus): Stage {
  const stage = new Stage()
  if (status !== 'PLANNED') return stage.askAll(...WAYS[status])
  stage.askAll(UPLOAD, materialiseOf()).answer(converged())
  return stage
}
