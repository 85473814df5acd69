import { GitHubError, type Selection, slicesOf } from '@switchyard/core'
import type { OutboundTarget, TargetFacts, TextFile } from '@switchyard/dispatching'
import { effectiveRef, parseWorkflowFacts } from '@switchyard/dispatching/config'
import { type GitHub, type RepositoryWanted, selectRepository } from '@switchyard/github'
import { parseRepository, type RepositoryFacts } from '@switchyard/github/operations'
import { CONFIG_PATHS } from './observe.ts'
import type { Reach } from './reach.ts'

/** How many targets one query reads: GitHub cuts a query off at ten seconds. */
const TARGETS_PER_QUERY = 50
const WORKFLOWS = '.github/workflows'

interface Wanted {
  readonly target: OutboundTarget
  readonly repository: RepositoryWanted
}

/** What is known of each target, by its `factsKey`: one query for 50 of them, all at once. Each key is read once. */
export async function readTargets(
  targets: readonly OutboundTarget[],
  { reach, defaultRef }: { readonly reach: Reach; readonly defaultRef: string | undefined },
): Promise<ReadonlyMap<string, TargetFacts>> {
  const unique = [...new Map(targets.map((target) => [target.factsKey, target])).values()]
  const wanted = unique.map((target) => toWanted(target, defaultRef))
  const readers = await Promise.all(wanted.map(({ repository }) => reach.findReader(`${repository.owner}/${repository.name}`)))
  const facts = new Map<string, TargetFacts>()
  const byReader = new Map<GitHub, Wanted[]>()
  for (const [at, one] of wanted.entries()) {
    const reader = readers[at]
    if (reader === undefined) facts.set(one.target.factsKey, { found: false })
    else byReader.set(reader, [...(byReader.get(reader) ?? []), one])
  }
  const slices = [...byReader].flatMap(([reader, all]) => slicesOf(all, TARGETS_PER_QUERY).map((part) => ({ reader, part })))
  await Promise.all(
    slices.map(async ({ reader, part }) => {
      const selections: Selection<unknown>[] = part.map(({ repository }, at) => selectRepository(`t${at}`, repository))
      const answers = await reader.select(selections)
      for (const [at, one] of part.entries()) facts.set(one.target.factsKey, readFacts(one, answers[at]))
    }),
  )
  return facts
}

function toWanted(target: OutboundTarget, defaultRef: string | undefined): Wanted {
  const { owner, name } = target.repository
  const ref = effectiveRef(target, { defaultRef })
  const { file } = target.workflow
  return {
    target,
    repository: {
      owner,
      name,
      files: [...CONFIG_PATHS, ...(file === undefined ? [] : [`${WORKFLOWS}/${file}`])],
      ...(file === undefined ? { folder: WORKFLOWS } : {}),
      refs: ref === undefined ? [] : spellings(ref),
    },
  }
}

/** A name is a branch's or a tag's, unless it says which. */
function spellings(ref: string): readonly string[] {
  return ref.startsWith('refs/') ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`]
}

/** What is wrong with one target is that target's own: the others are judged all the same. */
function readFacts(one: Wanted, answer: unknown): TargetFacts {
  try {
    return toFacts(one, parseRepository(answer, one.repository))
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    if (error.code === 'GITHUB_FORBIDDEN') return { found: false }
    throw error
  }
}

function toFacts({ target, repository }: Wanted, found: RepositoryFacts | undefined): TargetFacts {
  if (found === undefined) return { found: false }
  return {
    found: true,
    id: found.id,
    nameWithOwner: found.nameWithOwner,
    visibility: found.visibility,
    defaultBranch: found.defaultBranch ?? null,
    isArchived: found.isArchived,
    dispatching: firstFile(found, CONFIG_PATHS),
    workflow: findWorkflow(target, found),
    ...(repository.refs?.length ? { refExists: found.refs.size > 0 } : {}),
  }
}

export function firstFile({ files, unreadable }: RepositoryFacts, paths: readonly string[]): TextFile | undefined {
  for (const path of paths) {
    const text = files.get(path)
    if (text !== undefined) return { path, text }
    const fault = unreadable.get(path)
    if (fault !== undefined) return { path, text: '', fault }
  }
  return undefined
}

function findWorkflow({ workflow }: OutboundTarget, found: RepositoryFacts): TextFile | undefined {
  if (workflow.file !== undefined) return firstFile(found, [`${WORKFLOWS}/${workflow.file}`])
  for (const [path, text] of found.files) {
    if (path.startsWith(`${WORKFLOWS}/`) && parseWorkflowFacts(text)?.name === workflow.text) return { path, text }
  }
  return undefined
}
