import type { Annotation, Level } from './run-types.ts'

/** The runner keeps this many of each level in one step (runner: ExecutionContext, _maxCountPerIssueType). */
const MAX_PER_LEVEL = 10

const LEVELS: readonly Level[] = ['error', 'warning', 'notice']

export interface SelectedAnnotations {
  readonly shown: readonly Annotation[]
  /** Those that the runner would drop without a word: they go to the log. */
  readonly logged: readonly Annotation[]
}

/** The most severe first, ten of a level; the tenth says how many more there are, when there are more. */
export function selectAnnotations(all: readonly Annotation[]): SelectedAnnotations {
  const perLevel = LEVELS.map((level) => {
    const ofLevel = all.filter((annotation) => annotation.level === level)
    if (ofLevel.length <= MAX_PER_LEVEL) return { shown: ofLevel, logged: [] }
    const shown = ofLevel.slice(0, MAX_PER_LEVEL - 1)
    const logged = ofLevel.slice(MAX_PER_LEVEL - 1)
    return { shown: [...shown, { level, message: `… and ${logged.length} more like these: the step's log has all of them.` }], logged }
  })
  return { shown: perLevel.flatMap(({ shown }) => shown), logged: perLevel.flatMap(({ logged }) => logged) }
}
