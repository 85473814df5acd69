import type { Progress } from '@switchyard/workflow-runner'

/** Where runs come to rest. */
interface Stage {
  readonly runner: { idle(): Promise<void> }
}

/** Hears what the runs of a stage do while somebody does something there. */
export interface Hearing {
  readonly onProgress: (progress: Progress) => void
  /** What was heard since the last doing began. */
  readonly heard: () => readonly Progress[]
  /** What somebody does, and everything that it sets off; returns how the runs ended, by their workflows' names. */
  readonly doing: (stage: Stage, act: () => Promise<unknown>) => Promise<readonly string[]>
}

export function hearRuns(): Hearing {
  let heard: Progress[] = []
  return {
    onProgress: (progress) => void heard.push(progress),
    heard: () => heard,
    doing: async (stage, act) => {
      heard = []
      await act()
      await stage.runner.idle()
      return heard.flatMap(toEnd).sort((left, right) => left.localeCompare(right))
    },
  }
}

function toEnd(progress: Progress): readonly string[] {
  return progress.kind === 'run-completed' ? [`${progress.run.path.split('/').at(-1)}: ${progress.conclusion}`] : []
}
