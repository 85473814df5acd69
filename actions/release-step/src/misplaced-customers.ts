import { isMatch, parseSelector } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import type { BoundStep } from './bound.ts'
import { membersOf } from './choose-customers.ts'
import type { Scene } from './scene.ts'

/** Words that people put between two names. */
const BETWEEN = /^(?:(?:and|but|not|except|without|&|[,;-])\s+)*/i

/**
 * A command takes one selector, and what follows is kept as words: `/step done backup brede kaldvik` would do it for one customer and
 * note the other. So words that begin with a customer are refused, unless they are in quotes.
 *
 * @throws {UserError} `REQUEST_INVALID`
 */
export function refuseMisplacedCustomers(
  commands: readonly BoundStep[],
  { scene, body }: { readonly scene: Scene; readonly body: string },
): void {
  const lines = body.split(/\r\n|\n|\r/)
  for (const { command, arguments: given, places } of commands) {
    const name = 'notes' in given ? 'notes' : 'reason' in given ? 'reason' : undefined
    const place = name === undefined ? undefined : places[name]
    const typed = place === undefined ? undefined : lines[place.line - 1]?.slice(place.column - 1)
    const word = typed
      ?.replace(BETWEEN, '')
      .split(/\s/)[0]
      ?.replace(/[,;]+$/, '')
    if (word === undefined || !isCustomer(word, scene)) continue
    throw new UserError('REQUEST_INVALID', `“${word}” is a customer too, but stands where the words of “/${command}” begin.`, {
      hint: 'For several customers, write a line for each customer, or “cluster:…”, “tag:…” or “--all !name”. Words that begin with a name go in quotes.',
    })
  }
}

function isCustomer(word: string, scene: Scene): boolean {
  const parsed = parseSelector(word)
  return parsed.ok && membersOf(scene).some((member) => isMatch(parsed.selector, member))
}
