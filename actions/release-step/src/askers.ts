import type { ActionContext } from '@switchyard/action'

/**
 * Who asks by filling in a form: whoever did so and, where another person started its run again, that one too. Each needs the right;
 * the last one is who does it. Source: GitHub docs, "Re-running workflows and jobs": a re-run keeps the first actor.
 */
export function askersOf({ actor, triggeringActor }: Pick<ActionContext, 'actor' | 'triggeringActor'>): readonly [string, ...string[]] {
  return [actor, ...restarterOf({ actor, triggeringActor })]
}

/** Who started a run again that was another's; none where nobody did. */
export function restarterOf({ actor, triggeringActor }: Pick<ActionContext, 'actor' | 'triggeringActor'>): readonly string[] {
  return triggeringActor.toLowerCase() === actor.toLowerCase() ? [] : [triggeringActor]
}
