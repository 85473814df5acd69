import type { DispatchAnswer, DispatchEffect } from '@switchyard/dispatching'
import type { EffectHandler, Intent } from '@switchyard/ledger'
import type { Observed } from './observe.ts'
import type { Reach } from './reach.ts'
import type { Arguments } from './run.ts'
import { createStartHandler } from './start-workflow.ts'
import { createIssueHandler } from './write-issue.ts'

interface Surroundings {
  readonly observed: Observed
  readonly reach: Reach
  /** Full names of all repositories that this run will dispatch to. */
  readonly targets: readonly string[]
}

/** How the stream's effects are carried out, and what becomes of those that nobody settled. */
export function createHandlers(
  { io }: Arguments,
  { observed, reach, targets }: Surroundings,
): EffectHandler<DispatchEffect, DispatchAnswer> {
  const start = createStartHandler({ reach, serverNow: () => observed.github.serverNow(), sleep: io.sleep })
  const issue = createIssueHandler({ github: observed.github, warn: (message) => io.annotate({ level: 'warning', message }) })
  return {
    apply(effect, intent) {
      return effect.kind === 'start-workflow' ? start.apply(effect, of(intent, effect), targets) : issue.apply(effect)
    },
    ask(effect, intent) {
      return effect.kind === 'start-workflow' ? start.ask(effect, of(intent, effect)) : issue.ask(effect, of(intent, effect))
    },
  }
}

/** The intent with its effect's kind known. */
function of<Eff extends DispatchEffect>(intent: Intent<DispatchEffect>, effect: Eff): Intent<Eff> {
  return { ...intent, effect }
}
