import type { Repository, World, WorldEvent } from '@switchyard/local-github'
import { NULL_OID } from '@switchyard/local-github'
import { z } from 'zod'
import type { EventFacts } from '../triggers/match-trigger.ts'

/** Where a run that an event starts stands, and what its workflow's filters look at. */
export interface EventStart {
  readonly facts: EventFacts
  /** Where workflow files are taken from. */
  readonly fileSha: string
  readonly fileRef: string
  readonly ref: string
  readonly sha: string
  readonly headBranch: string | undefined
  readonly headRef: string
  readonly baseRef: string
  readonly title: string | undefined
  /** `workflow_run` events between this and an event from outside. */
  readonly chained: number
  /** The commit's message says that nothing is to run. */
  readonly isSkipped: boolean
}

type Start = Omit<EventStart, 'facts'> & { readonly facts?: Partial<EventFacts> }

const named = z.looseObject({ title: z.string() })
const shapes = {
  push: z.looseObject({
    ref: z.string(),
    before: z.string(),
    after: z.string(),
    deleted: z.boolean(),
    head_commit: z.looseObject({ message: z.string() }).nullable(),
  }),
  pull: z.looseObject({
    number: z.number(),
    pull_request: z.looseObject({
      title: z.string(),
      merge_commit_sha: z.string().nullable(),
      head: z.looseObject({ ref: z.string(), sha: z.string() }),
      base: z.looseObject({ ref: z.string(), sha: z.string() }),
    }),
  }),
  workflowRun: z.looseObject({ workflow_run: z.looseObject({ id: z.number(), name: z.string(), head_branch: z.string().nullable() }) }),
  issue: z.looseObject({ issue: named }),
  dispatch: z.looseObject({ action: z.string() }),
  schedule: z.looseObject({ schedule: z.string() }),
  release: z.looseObject({ release: z.looseObject({ tag_name: z.string(), name: z.string().nullable() }) }),
}

/** What may stand under `on` and happens here. Nothing else starts a workflow on this GitHub. */
export const startingEvents: readonly string[] = [
  'push',
  'pull_request',
  'pull_request_target',
  'workflow_run',
  'workflow_dispatch',
  'repository_dispatch',
  'issues',
  'issue_comment',
  'release',
  'schedule',
  'workflow_call',
]

/** What the events mean for the workflows of their repository; nothing for events that start none. */
export async function readEventStarts(world: World, event: WorldEvent): Promise<readonly EventStart[]> {
  const repository = world.state.repositories.get(event.repositoryId)
  if (repository === undefined) return []
  const reader = new EventReader(world, repository, event)
  return (await reader.read()).map(({ facts, ...start }) => ({
    ...start,
    facts: {
      name: event.name,
      action: event.action,
      branch: undefined,
      tag: undefined,
      changedPaths: undefined,
      workflowName: undefined,
      cron: undefined,
      ...facts,
    },
  }))
}

class EventReader {
  readonly #world: World
  readonly #repository: Repository
  readonly #event: WorldEvent

  constructor(world: World, repository: Repository, event: WorldEvent) {
    this.#world = world
    this.#repository = repository
    this.#event = event
  }

  async read(): Promise<readonly Start[]> {
    const { name, payload } = this.#event
    switch (name) {
      case 'push':
        return this.#push(shapes.push.parse(payload))
      case 'pull_request':
        return this.#pull(shapes.pull.parse(payload))
      case 'workflow_run':
        return this.#onDefault(this.#workflowRun(shapes.workflowRun.parse(payload)))
      case 'issues':
      case 'issue_comment':
        return this.#onDefault({ title: shapes.issue.parse(payload).issue.title })
      case 'repository_dispatch':
        return this.#onDefault({ title: shapes.dispatch.parse(payload).action })
      case 'release':
        return this.#release(shapes.release.parse(payload))
      case 'schedule':
        return this.#onDefault({ facts: { cron: shapes.schedule.parse(payload).schedule } })
      default:
        return []
    }
  }

  async #push({ ref, before, after, deleted, head_commit: head }: z.infer<typeof shapes.push>): Promise<readonly Start[]> {
    const [, kind, short] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref) ?? []
    if (deleted || short === undefined) return []
    const store = this.#world.stores.get(this.#repository.id)
    const isTag = kind === 'tags'
    const changedPaths = isTag ? undefined : await store.changedPaths(before === NULL_OID ? await this.#baseOf(after) : before, after)
    const message = head?.message ?? ''
    return [
      {
        facts: { branch: isTag ? undefined : short, tag: isTag ? short : undefined, changedPaths },
        fileSha: after,
        fileRef: ref,
        ref,
        sha: after,
        headBranch: short,
        headRef: '',
        baseRef: '',
        title: message.split('\n')[0],
        chained: 0,
        isSkipped: asksToSkip(message),
      },
    ]
  }

  /** What a new branch is compared with: where it left the default branch. */
  async #baseOf(commit: string): Promise<string> {
    const store = this.#world.stores.get(this.#repository.id)
    const main = await store.readRef(`refs/heads/${this.#repository.defaultBranch}`)
    const base = main === undefined || main === commit ? undefined : await store.mergeBase(main, commit)
    return base ?? NULL_OID
  }

  async #pull({ number, pull_request: pull }: z.infer<typeof shapes.pull>): Promise<readonly Start[]> {
    const store = this.#world.stores.get(this.#repository.id)
    const { head, base } = pull
    const merge = await store.readRef(`refs/pull/${number}/merge`)
    const shared = {
      branch: base.ref,
      changedPaths: await store.changedPaths((await store.mergeBase(base.sha, head.sha)) ?? base.sha, head.sha),
    }
    const common = { headRef: head.ref, baseRef: base.ref, title: pull.title, chained: 0 }
    const message = (await store.readCommit(head.sha))?.message ?? ''
    const onBase: Start = {
      ...common,
      facts: { ...shared, name: 'pull_request_target' },
      fileSha: base.sha,
      fileRef: `refs/heads/${base.ref}`,
      ref: `refs/heads/${base.ref}`,
      sha: base.sha,
      headBranch: head.ref,
      isSkipped: false,
    }
    // GitHub runs nothing on a pull request that cannot be merged: there is no merge commit to run on.
    if (merge === undefined) return [onBase]
    const ref = `refs/pull/${number}/merge`
    return [
      { ...common, facts: shared, fileSha: merge, fileRef: ref, ref, sha: merge, headBranch: head.ref, isSkipped: asksToSkip(message) },
      onBase,
    ]
  }

  async #release({ release }: z.infer<typeof shapes.release>): Promise<readonly Start[]> {
    const ref = `refs/tags/${release.tag_name}`
    const sha = await this.#world.stores.get(this.#repository.id).readRef(ref)
    if (sha === undefined) return []
    const place = { fileSha: sha, fileRef: ref, ref, sha, headBranch: release.tag_name, headRef: '', baseRef: '' }
    return [{ ...place, title: release.name ?? release.tag_name, chained: 0, isSkipped: false }]
  }

  #workflowRun({ workflow_run: run }: z.infer<typeof shapes.workflowRun>): Pick<Start, 'facts' | 'chained'> {
    const chained = (this.#world.state.runs.get(run.id)?.origin.chained ?? 0) + 1
    return { facts: { workflowName: run.name, branch: run.head_branch ?? undefined }, chained }
  }

  async #onDefault(given: Partial<Start>): Promise<readonly Start[]> {
    const ref = `refs/heads/${this.#repository.defaultBranch}`
    const sha = await this.#world.stores.get(this.#repository.id).readRef(ref)
    if (sha === undefined) return []
    const headBranch = this.#repository.defaultBranch
    return [
      {
        fileSha: sha,
        fileRef: ref,
        ref,
        sha,
        headBranch,
        headRef: '',
        baseRef: '',
        title: undefined,
        chained: 0,
        isSkipped: false,
        ...given,
      },
    ]
  }
}

/** Source: docs.github.com, "Skipping workflow runs". */
function asksToSkip(message: string): boolean {
  return /\[(skip ci|ci skip|no ci|skip actions|actions skip)\]/.test(message) || /\n\n(?:.*\n)*skip-checks:\s*true\s*$/.test(message)
}
