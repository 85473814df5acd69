import { type LabPlay, openPlanLab, type Played, type PlanLab, SHELF } from './plan-lab.test-support.ts'

export interface Pushing {
  readonly actor?: string
  /** Whether GitHub knows no commit before it, as at a branch's first push. */
  readonly isFirst?: boolean
  readonly plansPath?: string
}

/** A repository into which people push plans of the idea 1, which `owner` opened; `writer` may merge, and no more. */
export interface PushLab extends PlanLab {
  /** A push to the default branch, and the run that it wakes. */
  push(files: Readonly<Record<string, string | null>>, pushing?: Pushing): Promise<Played>
  /** The last push's run, once more. */
  again(inputs?: LabPlay['inputs']): Promise<Played>
  /** What was said on the idea without being asked for, but for its first line. */
  told(): readonly string[]
}

export async function openPushLab(plan: string): Promise<PushLab> {
  const lab = await openPlanLab(plan)
  const { world } = lab.local
  for (const login of ['writer', 'keeper']) world.addUser({ login })
  world.addUser({ login: 'github-merge-queue[bot]', type: 'Bot' })
  world.addCollaborator(SHELF, 'writer', 'write')
  world.addCollaborator(SHELF, 'keeper', 'maintain')
  let again: PushLab['again'] = () => Promise.reject(new Error('Nothing was pushed yet'))
  return {
    ...lab,
    async push(files, { actor = 'writer', isFirst = false, plansPath } = {}) {
      const before = isFirst ? '0'.repeat(40) : ((await world.git(SHELF).readRef('refs/heads/main')) ?? '')
      const after = await world.commit({ repository: SHELF, files })
      const payload = { ref: 'refs/heads/main', repository: { default_branch: 'main' }, before, after }
      const run = await world.startRun({ repository: SHELF, workflow: 'plan.yml', event: 'push', actor })
      let attempt = 0
      again = (inputs = {}) => {
        const given = { ...inputs, ...(plansPath !== undefined && { plansPath }) }
        return lab.play({ eventName: 'push', payload, actor, run, attempt: (attempt += 1), inputs: given })
      }
      return again()
    },
    again: (inputs) => again(inputs),
    told: () =>
      [...world.state.comments.values()].flatMap(({ body }) => {
        const [, said] = /^<!-- switchyard:plan told=\w+ -->\n([^]*)$/.exec(body) ?? []
        return said === undefined ? [] : [said]
      }),
    [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose](),
  }
}
