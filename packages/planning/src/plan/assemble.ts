import type { Place } from '@switchyard/core'
import type { Plan, Story, Task } from '../model.ts'
import type { Outlined } from './outline.ts'
import { type FrontMatter, ideaNumber } from './shape.ts'
import type { TaskFields } from './task-fields.ts'

/** A node with everything that its plan says of it. */
export interface Drafted {
  readonly node: Outlined
  readonly id: string
  readonly title: string
  /** Of tasks only. */
  readonly fields: TaskFields | undefined
  readonly dependsOn: readonly string[]
}

interface With {
  readonly text: string
  readonly matter: FrontMatter | undefined
  placeAt(offset: number): Place
}

/** The plan of nodes that have no faults; undefined without an epic. */
export function assemble(drafted: readonly Drafted[], { text, matter, placeAt }: With): Plan | undefined {
  const first = drafted.findIndex(({ node }) => node.level === 'epic')
  const epic = drafted[first]
  if (!epic) return undefined
  const common = ({ node, id, title }: Drafted) => ({
    id,
    hasOwnId: node.ownId !== undefined,
    title,
    text: text.slice(node.text.start, node.text.end),
    place: placeAt(node.offset),
  })
  const below = childrenOf(drafted)
  const task = (draft: Drafted): Task => ({ ...common(draft), level: 'task', ...taskParts(draft) })
  const story = (at: number, draft: Drafted): Story => ({
    ...common(draft),
    level: 'story',
    tasks: (below.get(at) ?? []).map((child) => task(child.draft)),
  })
  const stories = (below.get(first) ?? []).map(({ at, draft }) => story(at, draft))
  return {
    title: matter?.title ?? epic.title,
    idea: ideaNumber(matter?.idea),
    labels: matter?.labels ?? [],
    milestone: matter?.milestone,
    assignees: matter?.assignees ?? [],
    epic: { ...common(epic), level: 'epic', stories },
  }
}

function taskParts({ fields, dependsOn }: Drafted): Pick<Task, 'files' | 'dependsOn' | 'verify' | 'criteria'> {
  return { files: fields?.files ?? [], dependsOn, verify: fields?.verify ?? 'ALIGNED_OR_PARTIAL', criteria: fields?.criteria ?? [] }
}

interface Child {
  readonly at: number
  readonly draft: Drafted
}

function childrenOf(drafted: readonly Drafted[]): ReadonlyMap<number, readonly Child[]> {
  const below = new Map<number, Child[]>()
  for (const [at, draft] of drafted.entries()) {
    const { parent } = draft.node
    if (parent === undefined) continue
    const siblings = below.get(parent)
    if (siblings) siblings.push({ at, draft })
    else below.set(parent, [{ at, draft }])
  }
  return below
}
