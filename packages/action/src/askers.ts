import type { ActionContext } from './context.ts'

/**
 * Who asks by starting a run: whoever did so and, where another person started it again, that one too. Each needs the right; the last one
 * is who does it. Logins are the same without regard to case. Source: GitHub docs, "Re-running workflows and jobs": a re-run keeps the first actor.
 */
export function askersOf({ actor, triggeringActor }: Pick<ActionContext, 'actor' | 'triggeringActor'>): readonly [string, ...string[]] {
  return [actor, ...restarterOf({ actor, triggeringActor })]
}

/** Who started a run again that was another's; none where nobody did. */
export function restarterOf({ actor, triggeringActor }: Pick<ActionContext, 'actor' | 'triggeringActor'>): readonly string[] {
  return triggeringActor.toLowerCase() === actor.toLowerCase() ? [] : [triggeringActor]
}
