import { createReleaseStage, getBoard, type LiveStage, PLATFORM } from '@switchyard/cli/stage'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { flip, hearRuns, inventoryOf, releaseOf, tickedIn } from '../src/index.ts'

const AUTUMN = '2026-12-autumn'
const MINUTE = 60_000
let stage: LiveStage
const hearing = hearRuns()

beforeAll(async () => {
  stage = await createReleaseStage({ runner: { onProgress: hearing.onProgress } })
  await stage.maintainer.push({
    repository: PLATFORM,
    files: { 'release/inventory.yml': inventoryOf(60), [`release/releases/${AUTUMN}.yml`]: releaseOf(40) },
    message: 'Sixty harbours, and a release of forty steps',
  })
  await stage.runner.idle()
})
afterAll(() => stage.close())

const doing = (act: () => Promise<unknown>): Promise<readonly string[]> => hearing.doing(stage, act)

interface Page {
  readonly issue: number
  readonly body: string
  readonly parentId: number | undefined
}

/** In the order of the release. */
function pages(): readonly Page[] {
  const all = [...stage.github.world.state.issues.values()].flatMap(({ number: issue, body, parentId }) => {
    const page = new RegExp(`^<!-- switchyard:release board=${AUTUMN} page=([1-9]\\d*) -->`).exec(body ?? '')?.[1]
    return page === undefined ? [] : [{ page: Number(page), issue, body: body ?? '', parentId }]
  })
  return all.sort((left, right) => left.page - right.page)
}
const pageOf = (address: string): Page => {
  const found = pages().find(({ body }) => body.includes(`<!-- ${address} -->`))
  if (found === undefined) throw new Error(`no page has ${address}`)
  return found
}
const board = (): string => getBoard(stage, AUTUMN).body
const standing = (): string => /\*\*(\S+ of \S+) steps\*\*/.exec(board())?.[1] ?? ''
const answers = (issue: number): readonly string[] => stage.commentsOf(PLATFORM, issue)
const click = (address: string, step: string) => {
  const { issue, body } = pageOf(address)
  return stage.maintainer.request('PATCH', `/repos/${PLATFORM}/issues/${issue}`, { body: flip(address, step)(body) })
}

test('a release of sixty customers gets a board without boxes, and pages below it with all of them', async () => {
  const issue = await stage.maintainer.openIssue(PLATFORM, { title: 'Autumn', body: '' })
  const ends = await doing(() => stage.maintainer.comment(PLATFORM, issue, `/release activate ${AUTUMN}`))
  expect(ends).toEqual(['release-commands.yml: success'])
  expect(standing()).toBe('0 of 2,400')
  expect(board()).not.toMatch(/^- \[/m)
  expect(pages().length).toBeGreaterThan(3)
  expect(pages().reduce((sum, { body }) => sum + (body.match(/^- \[ \] /gm)?.length ?? 0), 0)).toBe(2_400)
  for (const page of pages()) {
    expect(board()).toContain(`/issues/${page.issue})`)
    expect(page.body.length).toBeLessThanOrEqual(60_000)
    expect(stage.github.world.state.issues.get(page.parentId ?? 0)?.number).toBe(getBoard(stage, AUTUMN).issue)
  }
})

test('a box that is ticked on a page is done, there and on the board', async () => {
  expect(await doing(() => click('cluster-2/harbour-3', 'step-7'))).toEqual(['release-board.yml: success'])
  expect(tickedIn(pageOf('cluster-2/harbour-3').body)).toEqual(['cluster-2/harbour-3 step-7'])
  expect(standing()).toBe('1 of 2,400')
})

test('a command on one page reaches customers of every page, and is answered where it was asked', async () => {
  const { issue } = pageOf('cluster-1/harbour-1')
  const ends = await doing(() => stage.maintainer.comment(PLATFORM, issue, '/step done step-1 --all'))
  expect(ends).toEqual(['release-commands.yml: success'])
  expect(standing()).toBe('61 of 2,400')
  expect(answers(issue).at(-1)).toContain('**60 changes**')
  expect(answers(getBoard(stage, AUTUMN).issue)).toEqual([])
  expect(pages().flatMap(({ body }) => tickedIn(body))).toHaveLength(61)
})

test('a command on the board itself does the same', async () => {
  const { issue } = getBoard(stage, AUTUMN)
  await doing(() => stage.maintainer.comment(PLATFORM, issue, '/step skip step-2 cluster:cluster-2 not there'))
  expect(standing()).toBe('81 of 2,400')
  expect(answers(issue).at(-1)).toContain('**20 changes**')
})

test('a customer who joins late finds a page, and nobody’s page is another', async () => {
  const before = pages().map(({ issue }) => issue)
  await doing(() =>
    stage.maintainer.push({ repository: PLATFORM, files: { 'release/inventory.yml': inventoryOf(61) }, message: 'One more harbour' }),
  )
  const { issue } = getBoard(stage, AUTUMN)
  expect(await doing(() => stage.maintainer.comment(PLATFORM, issue, '/release add cluster-2/harbour-21'))).toEqual([
    'release-commands.yml: success',
  ])
  expect(standing()).toBe('81 of 2,440')
  expect(
    pages()
      .map((page) => page.issue)
      .slice(0, before.length),
  ).toEqual(before)
  await doing(() => click('cluster-2/harbour-21', 'step-1'))
  expect(standing()).toBe('82 of 2,440')
})

test('a page that somebody deleted is there again after the sweep', async () => {
  const { issue, body } = pageOf('cluster-1/harbour-1')
  const { issues } = stage.github.world.state
  for (const [id, { number }] of issues) if (number === issue) issues.delete(id)
  const ends = await doing(async () => {
    stage.github.clock.advance(31 * MINUTE)
    await stage.runner.tick()
  })
  expect(ends).toEqual(['release-sweep.yml: success'])
  expect(pageOf('cluster-1/harbour-1')).toMatchObject({ body, issue: expect.any(Number) })
  expect(board()).not.toContain(`/issues/${issue})`)
  await doing(() => click('cluster-1/harbour-1', 'step-3'))
  expect(standing()).toBe('83 of 2,440')
})
