import type { Door } from '../door.ts'
import { LOOK_MS } from '../limits.ts'
import type { Making } from './making.ts'
import { drawSteps, type Step } from './move-issues.ts'

/**
 * The issues that were made and stand under nothing: each is put where it belongs. One that its parent does not take stays as it is, is
 * told of, and is written down so that a later sync links it: all else of the plan can be worked on.
 */
export async function putUnderParents(door: Door, making: Making): Promise<void> {
  const { target, there, done, parentless, full } = making
  for (let issue = parentless.shift(); issue !== undefined; issue = parentless.shift()) {
    const { key, parent: to } = issue
    const [child, above] = [there.get(key), to === undefined ? undefined : there.get(to)]
    if (to === undefined || child === undefined || above === undefined) continue
    const { number } = child
    const step: Step = {
      drawings: [{ kind: 'sub-issue', parentId: above.nodeId, childId: child.nodeId }],
      moved: { number, under: above.number },
    }
    let [refusal] = await drawSteps(target, [step])
    // Somebody else may just be putting something under it, too.
    for (const pause of refusal === undefined || full.has(to) ? [] : LOOK_MS) {
      await door.given.io.sleep(pause)
      ;[refusal] = await drawSteps(target, [step])
      if (refusal === undefined) break
    }
    if (refusal === undefined) done.push({ kind: 'move', key, number, from: undefined, to })
    else {
      full.add(to)
      making.notes.push(sayAlone({ number, above: above.number, refusal }))
    }
  }
}

interface Alone {
  readonly number: number
  /** The number of the issue that it belongs under. */
  readonly above: number
  readonly refusal: string
}

/** Of an issue that its parent did not take. */
export function sayAlone({ number, above, refusal }: Alone): string {
  return `#${number} stands under no issue, since GitHub refused to put it under #${above}: ${refusal}. Make room there; a \`/plan sync\` then links it.`
}
