import type { CommandRequest } from '@switchyard/ledger'
import { addressOf, type Command, type Customer, customerSubject, releaseSubject } from '@switchyard/releasing'

export interface Correlated {
  /** What asks: `comment-<id>`, or the form's `run-<id>`. */
  readonly source: string
  readonly step: string
  readonly customer: Pick<Customer, 'cluster' | 'namespace'>
}

/** Ends the name of the run that is started, and names in the ledger that it was asked for. */
export function correlationOf({ source, step, customer }: Correlated): string {
  return `${source}-${step}-${addressOf(customer)}`
}

/** The comment that a correlation id names. */
export function commentOf(correlation: string): number | undefined {
  const found = /^comment-(\d{1,15})-/.exec(correlation)?.[1]
  return found === undefined ? undefined : Number(found)
}

export interface RunAsked {
  readonly slug: string
  readonly step: string
  readonly customer: Customer
  readonly correlation: string
}

/** Records that somebody asks for a run: of two runs of ours that see it, one starts the workflow. */
export function askRun({ slug, step, customer, correlation }: RunAsked, login: string): CommandRequest<Command> {
  return {
    subject: customerSubject(slug, customer),
    reads: [releaseSubject(slug)],
    idempotencyKey: `asked ${correlation}`,
    actor: { login, kind: 'user' },
    command: { kind: 'ask-run', step },
  }
}
