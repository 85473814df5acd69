import { createLiveStage, type LiveStage, type LiveStageOptions } from './live-stage.ts'

export const PLATFORM = 'acme/platform'

/** The release example as it stands on GitHub when its README's set-up is done: the environments are there. */
export function createReleaseStage(options: Pick<LiveStageOptions, 'github' | 'runner'> = {}): Promise<LiveStage> {
  return createLiveStage('release', {
    ...options,
    plan: 'team',
    async prepare({ maintainer }) {
      for (const name of ['production-eu-1', 'eu-2', 'production-us-1']) {
        await maintainer.request('PUT', `/repos/${PLATFORM}/environments/${name}`, {})
      }
    },
  })
}

export interface ReleaseBoard {
  readonly issue: number
  /** As it is on GitHub now. */
  readonly body: string
}

/** The issue that walks a release. @throws {Error} before its activation. */
export function getBoard({ github: { world } }: Pick<LiveStage, 'github'>, slug: string, repository = PLATFORM): ReleaseBoard {
  const { id } = world.repository(repository)
  const mark = `<!-- switchyard:release board=${slug} page=0 -->`
  const issue = [...world.state.issues.values()].find(({ repositoryId, body }) => repositoryId === id && body?.startsWith(mark) === true)
  if (issue === undefined) throw new Error(`${slug} has no board`)
  return { issue: issue.number, body: issue.body ?? '' }
}

/** Which box: of a step by its id, of a customer by its address. */
export interface Box {
  readonly step: string
  readonly customer: string
}

/** One edit of the board's text, as a click on each of the boxes makes it. @throws {Error} for a box that is not there. */
export async function clickBoxes(stage: LiveStage, slug: string, boxes: readonly Box[]): Promise<void> {
  const { issue, body } = getBoard(stage, slug)
  const lines = body.split('\n')
  for (const { step, customer } of boxes) {
    const at = lines.findIndex((line) => /^- \[[ x]\] /.test(line) && line.endsWith(`\`${step}\` <!-- ${customer} -->`))
    if (at === -1) throw new Error(`the board has no box ${step} of ${customer}`)
    lines[at] = lines[at]?.replace(/^- \[([ x])\]/, (_, mark: string) => `- [${mark === 'x' ? ' ' : 'x'}]`) ?? ''
  }
  await stage.maintainer.request('PATCH', `/repos/${PLATFORM}/issues/${issue}`, { body: lines.join('\n') })
}
