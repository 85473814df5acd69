import type { ConvergeAnswer, IdeaCommand, IdeaStatus, PlanSource } from '../../src/index.ts'

/** What became of a command. */
export type Outcome = 'refused' | 'same' | 'changed'

/** An idea as somebody would keep it on a card: every rule written out once, with whole values in place of events. */
export class NaiveIdea {
  status: IdeaStatus = 'DRAFT'
  plan: string | undefined
  /** Where the plan is read again. */
  place = ''
  rounds = 0
  approver: string | undefined
  /** Where a cancel goes. */
  before: IdeaStatus | undefined
  /** What is being made. */
  making: { readonly plan: string; readonly place: string; readonly target: number } | undefined
  target: number | undefined
  items = new Map<string, number>()
  applied: string | undefined
  readonly closed = new Map<number, 'done' | 'not_planned' | 'gone'>()

  apply(command: IdeaCommand): Outcome {
    switch (command.kind) {
      case 'item-closed':
      case 'item-reopened':
      case 'item-gone':
        return this.#applyItem(command)
      default:
        if (!command.asker.isMaintainer && command.asker.login.toLowerCase() !== command.issue.owner?.toLowerCase()) return 'refused'
        return this.making === undefined ? this.#applyAsked(command) : 'refused'
    }
  }

  #applyItem(command: Extract<IdeaCommand, { readonly number: number }>): Outcome {
    const { number } = command
    if (![...this.items.values()].includes(number) && this.making === undefined) return 'refused'
    const states = { 'item-gone': 'gone', 'item-reopened': undefined } as const
    const now = command.kind === 'item-closed' ? (command.isPlanned ? 'done' : 'not_planned') : states[command.kind]
    if (this.closed.get(number) === now) return 'same'
    if (now === undefined) this.closed.delete(number)
    else this.closed.set(number, now)
    return 'changed'
  }

  #applyAsked(command: Extract<IdeaCommand, { readonly asker: object }>): Outcome {
    switch (command.kind) {
      case 'upload':
        if (['GRILLING', 'PLANNING', 'REVIEWING_PLAN', 'PLANNED'].includes(this.status)) return 'refused'
        if (this.plan === command.plan.text) return 'same'
        this.#save(command.plan.text)
        this.place = placeOf(command.plan.source)
        return this.#go('PLAN_READY')
      case 'grill-start':
        return this.status === 'DRAFT' ? this.#run('GRILLING') : 'refused'
      case 'grill-done':
        return this.status === 'GRILLING' ? this.#go('GRILLED') : 'refused'
      case 'plan-start':
        return this.status === 'GRILLED' || this.status === 'PLAN_FAILED' ? this.#run('PLANNING') : 'refused'
      case 'plan-failed':
        return this.status === 'PLANNING' ? this.#go('PLAN_FAILED') : 'refused'
      case 'review-start':
        return this.status === 'PLAN_READY' || this.status === 'PLAN_REVIEW_FAILED' ? this.#run('REVIEWING_PLAN') : 'refused'
      case 'review-result': {
        if (this.status !== 'REVIEWING_PLAN') return 'refused'
        this.rounds += 1
        if (command.revised) [this.plan, this.place] = [command.revised.text, placeOf(command.revised.source)]
        if (command.result.verdict === 'continue') return 'changed'
        const isApproved = command.result.verdict === 'approved'
        this.approver = isApproved ? command.asker.login : undefined
        return this.#go(isApproved ? 'PLAN_REVIEWED' : 'PLAN_REVIEW_FAILED')
      }
      case 'cancel':
        return this.before === undefined ? 'refused' : this.#go(this.before)
      case 'materialise': {
        if ((this.status !== 'PLAN_READY' && this.status !== 'PLAN_REVIEWED') || this.plan === undefined) return 'refused'
        if (command.planSha256 !== hashes.get(this.plan)) return 'refused'
        if (this.items.size > 0 && this.target !== command.target.id) return 'refused'
        this.making = { plan: this.plan, place: this.place, target: command.target.id }
        return 'changed'
      }
      case 'sync':
        if (this.status !== 'PLANNED' || command.basePlanSha256 !== hashes.get(this.plan ?? '')) return 'refused'
        this.making = { plan: command.plan.text, place: placeOf(command.plan.source), target: this.target ?? 0 }
        return 'changed'
      case 'follow':
        if (this.status !== 'PLANNED' || this.plan !== command.plan.text) return 'refused'
        if (this.place === placeOf(command.plan.source)) return 'same'
        this.place = placeOf(command.plan.source)
        return 'changed'
    }
  }

  answer(answer: ConvergeAnswer): void {
    const { making } = this
    if (making === undefined || answer.kind === 'handed-over') return
    this.making = undefined
    if (answer.applied !== undefined) {
      this.items = new Map(Object.entries(answer.items))
      this.applied = answer.applied
      this.target = making.target
    }
    if (answer.kind === 'failed') return
    if (this.plan !== making.plan) this.#save(making.plan)
    this.place = making.place
    this.status = 'PLANNED'
    for (const number of this.closed.keys()) if (![...this.items.values()].includes(number)) this.closed.delete(number)
  }

  #save(plan: string): void {
    this.plan = plan
    this.rounds = 0
    this.approver = undefined
  }

  #go(status: IdeaStatus): Outcome {
    this.status = status
    this.before = undefined
    return 'changed'
  }

  #run(status: IdeaStatus): Outcome {
    const before = this.status
    this.#go(status)
    this.before = before
    return 'changed'
  }
}

export function placeOf(source: PlanSource): string {
  return source.kind === 'file' ? source.path : source.kind
}

/** SHA-256 of the plans that are played with, by `sha256sum`. */
const hashes = new Map([
  ['one', '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed'],
  ['two', '3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3'],
  ['three', '8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f'],
])
