import type { Verify } from '../model.ts'
import { type ChangedFile, findTouchedFiles, type TouchedFiles } from './touched-files.ts'

/** `NEUTRAL`: the task names no paths, or asks for no comparison. Source: plan contract. */
export type AlignmentVerdict = 'ALIGNED' | 'PARTIAL' | 'DIVERGENT' | 'NEUTRAL'

export type AlignmentConclusion = 'success' | 'failure' | 'neutral'

/** What a task says of its files. */
export interface TaskPaths {
  /** As written: files, directories, globs. */
  readonly files: readonly string[]
  readonly verify: Verify
}

export interface Alignment {
  readonly verdict: AlignmentVerdict
  /** As the task's `Verify` wants it. */
  readonly conclusion: AlignmentConclusion
  /** Entries of `Files:` as written. */
  readonly touched: readonly string[]
  readonly missing: readonly string[]
  /** Changed files that no entry names, by their new names, in the pull request's order. */
  readonly extra: readonly string[]
}

export interface PullRequestAlignment<Task extends TaskPaths> {
  /** All paths of all tasks together. */
  readonly verdict: AlignmentVerdict
  /** A failure when one task's is; neutral when every task's is. */
  readonly conclusion: AlignmentConclusion
  readonly tasks: readonly { readonly task: Task; readonly alignment: Alignment }[]
  /** Changed files that none of the tasks names. */
  readonly extra: readonly string[]
}

/** A pull request held against all tasks that it names. A file that one of them names is no other's extra. */
export function decidePullRequest<Task extends TaskPaths>(
  tasks: readonly Task[],
  changed: readonly ChangedFile[],
): PullRequestAlignment<Task> {
  const found = tasks.map((task) => ({ task, touched: findTouchedFiles(task.files, changed) }))
  const extra = extraOf(
    found.map(({ touched }) => touched),
    changed,
  )
  const judged = found.map(({ task, touched }) => ({ task, alignment: judge(task, touched, extra) }))
  const counted = judged.filter(({ alignment }) => alignment.verdict !== 'NEUTRAL').map(({ alignment }) => alignment)
  const verdict = verdictOf({
    touched: counted.flatMap(({ touched }) => touched),
    missing: counted.flatMap(({ missing }) => missing),
    extra,
  })
  const conclusions = new Set(judged.map(({ alignment }) => alignment.conclusion))
  const conclusion = conclusions.has('failure') ? 'failure' : conclusions.has('success') ? 'success' : 'neutral'
  return { verdict, conclusion, tasks: judged, extra }
}

function judge({ verify }: TaskPaths, { touched, missing }: TouchedFiles, extra: readonly string[]): Alignment {
  const verdict = verify === 'NONE' ? 'NEUTRAL' : verdictOf({ touched, missing, extra })
  return { verdict, conclusion: conclusionOf(verify, verdict), touched, missing, extra }
}

function verdictOf({ touched, missing, extra }: Pick<Alignment, 'touched' | 'missing' | 'extra'>): AlignmentVerdict {
  if (touched.length + missing.length === 0) return 'NEUTRAL'
  if (touched.length === 0) return 'DIVERGENT'
  return missing.length + extra.length === 0 ? 'ALIGNED' : 'PARTIAL'
}

function conclusionOf(verify: Verify, verdict: AlignmentVerdict): AlignmentConclusion {
  switch (verdict) {
    case 'NEUTRAL':
      return 'neutral'
    case 'ALIGNED':
      return 'success'
    case 'PARTIAL':
      return verify === 'ALIGNED' ? 'failure' : 'success'
    case 'DIVERGENT':
      return 'failure'
  }
}

function extraOf(found: readonly TouchedFiles[], changed: readonly ChangedFile[]): readonly string[] {
  return changed.map(({ path }) => path).filter((path) => !found.some(({ named }) => named.has(path)))
}
