import type { Outcome } from '@switchyard/action'
import { wholePercent } from '@switchyard/releasing'
import { type Change, countAll, type Refused, renderRun, renderSummary } from '@switchyard/releasing/render'
import type { Deed } from './deeds.ts'
import type { ReleaseLoaded } from './door.ts'
import { pictureOf } from './draw-release.ts'
import type { Spec } from './inputs.ts'

export interface Summary {
  readonly slug: string | undefined
  readonly loaded: ReleaseLoaded
  readonly changes: readonly Change[]
  /** What was done that is no event; left out: nothing. */
  readonly deeds?: readonly Deed[]
  /** Whether something was asked for and shown. */
  readonly isShown?: boolean
  readonly refused: readonly Refused[]
  /** Whether everybody was answered by themselves: then a refusal is the run's end only where nothing else was done. */
  readonly isEachTold?: boolean
  readonly isDryRun: boolean
  /** Its issue's address. */
  readonly board: string | undefined
}

/** How a run ended, as the step tells it. */
export function summarise(summarised: Summary): Outcome<Spec> {
  const { slug, loaded, changes, refused, isDryRun, isShown = false, board } = summarised
  const picture = slug === undefined ? undefined : pictureOf(loaded, slug)
  const percent = picture === undefined ? undefined : wholePercent(countAll(picture.matrix))
  const told = { changes, refused, isDryRun, isShown }
  const summary = picture === undefined ? renderRun(told) : renderSummary({ ...picture, ...told })
  return {
    ...verdictOf(summarised),
    result: {
      release: slug ?? null,
      changes: isDryRun ? 0 : countCopies(changes),
      refused: refused.map(({ command, rejected }) => ({ command: command ?? null, code: rejected.code })),
      percent: percent ?? null,
    },
    outputs: {
      changes: String(isDryRun ? 0 : countCopies(changes)),
      ...(slug !== undefined && { release: slug }),
      ...(percent !== undefined && { percent: String(percent) }),
      ...(board !== undefined && { board }),
    },
    summary,
  }
}

function verdictOf({
  changes,
  deeds = [],
  isShown = false,
  refused,
  isEachTold = false,
  isDryRun,
}: Summary): Pick<Outcome<Spec>, 'decision' | 'reasonCode' | 'headline'> {
  const [first] = refused
  const isSomething = changes.length + deeds.length > 0 || isShown
  if (first !== undefined && !(isEachTold && isSomething && !isDryRun)) {
    return { decision: 'refused', reasonCode: 'commands-refused', headline: first.rejected.message }
  }
  const copies = countCopies(changes)
  const count = `${copies} ${copies === 1 ? 'change' : 'changes'}`
  const [deed] = deeds
  if (isDryRun) {
    const headline =
      copies === 0
        ? (deed?.headline ?? 'Nothing would change: everything asked for is so already.')
        : `${count} would be made; nothing has changed.`
    return { decision: 'nothing-to-do', reasonCode: 'dry-run', headline }
  }
  const but = first === undefined ? '' : ` Not all: ${first.rejected.message}`
  if (changes.length === 0 && deed !== undefined) return { decision: 'done', ...deed, headline: `${deed.headline}${but}` }
  if (changes.length === 0 && isShown) return { decision: 'done', reasonCode: 'shown', headline: `What was asked for was shown.${but}` }
  if (changes.length === 0) {
    return { decision: 'nothing-to-do', reasonCode: 'nothing-changed', headline: 'Everything asked for was so already.' }
  }
  return { decision: 'done', reasonCode: 'commanded', headline: `${count} made.${but}` }
}

/** An import is one event of many copies. */
function countCopies(changes: readonly Change[]): number {
  return changes.reduce((sum, { event }) => sum + (event.type === 'release.steps-imported' ? event.data.cells.length : 1), 0)
}
