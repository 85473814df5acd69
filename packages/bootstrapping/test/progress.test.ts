import { describe, expect, it } from 'vitest'
import { endOf, findAnswered, previewMarker, type Progress, renderProgress, replyMarker } from '../src/index.ts'
import { MADE, Stage, startOf } from './run-stage.ts'

const progress: Progress = {
  run_id: '1'.repeat(16),
  owner: 'acme',
  slug: 'shop',
  template: 'acme/template@v1.0.0',
  done: [{ step: 'prepare', ms: 3_400 }],
  going: 'create-repository',
}

describe('the comment of a run', () => {
  it('shows what is done, what goes on, and what is left', () => {
    expect(renderProgress(progress)).toBe(
      [
        '<!-- switchyard:bootstrap run=1111111111111111 -->',
        '### ⏳ Making acme/shop',
        '',
        '|  | Step | Took |',
        '| --- | --- | --- |',
        '| ✅ | Prepare the files | 3 s |',
        '| ⏳ | Create the repository |  |',
        '| · | Push the first commit |  |',
        '| · | Apply settings |  |',
        '',
        'From `acme/template@v1.0.0` · run `1111111111111111`',
        '',
      ].join('\n'),
    )
  })

  it('ends with the repository and what could not be set', () => {
    const end = { kind: 'succeeded', repository: MADE, warnings: ['no *labels*'], recipeHash: 'a'.repeat(64) } as const
    const text = renderProgress({ ...progress, done: [{ step: 'prepare', ms: 200_000 }], going: undefined, end })
    expect(text).toContain('### ✅ acme/shop is ready')
    expect(text).toContain('[acme/Shop](https://github.example/acme/Shop)')
    expect(text).toContain('- no \\*labels\\*')
    expect(text).toContain('3 min 20 s')
  })

  it('says what failed, where, and what to do', () => {
    const end = { kind: 'failed', error: { code: 'NAME_TAKEN', message: '<b>@everyone</b>' }, leftOver: undefined } as const
    const text = renderProgress({ ...progress, going: undefined, end })
    expect(text).toContain('| ❌ | Create the repository |  |')
    expect(text).toContain('Choose another name')
    expect(text).toContain('`/bootstrap retry`')
    expect(text).not.toMatch(/<b>|(?<!\\)@everyone/)
  })

  it('names how to clean up what was left', () => {
    const text = renderProgress({ ...progress, going: undefined, end: { kind: 'cancelled', leftOver: MADE } })
    expect(text).toContain('`/bootstrap cleanup delete acme/shop`')
    expect(text).toContain('was left half done')
  })

  it.each([
    ['resolve', 'was kept as it is'],
    ['delete', 'was deleted. `/bootstrap retry` tries again.'],
  ] as const)('says what became of it after a cleanup to %s', (outcome, said) => {
    const stage = new Stage()
    stage.ask(startOf('1'.repeat(16)))
    stage.answer('create-repository', { kind: 'repository', repository: MADE, goesOn: false })
    stage.ask({ kind: 'clean-up', outcome, confirmed: 'acme/shop' })
    if (outcome === 'delete') stage.answer('delete-repository', { kind: 'deleted' })
    const [end] = stage.state.runs.flatMap((run) => endOf(run) ?? [])
    const text = renderProgress({ ...progress, going: undefined, ...(end && { end }) })
    expect(text).toContain(said)
    expect(text).not.toContain('Nothing was made outside')
  })
})

describe('the end of a run', () => {
  it('follows from its state', () => {
    const stage = new Stage()
    stage.ask(startOf('1'.repeat(16)))
    const run = () => stage.state.runs.flatMap((found) => endOf(found) ?? [])
    expect(run()).toEqual([])
    stage.answer('create-repository', { kind: 'repository', repository: MADE, goesOn: false })
    expect(run()).toMatchObject([{ kind: 'failed', error: { code: 'RUN_ABANDONED' }, leftOver: MADE }])
    stage.ask({ kind: 'clean-up', outcome: 'resolve', confirmed: 'acme/shop' })
    expect(run()).toMatchObject([{ kind: 'failed', leftOver: undefined }])
  })
})

it('only the lines that an answer begins with say what it answers: what follows may quote a stranger’s file name', () => {
  const preview = `${previewMarker('0'.repeat(64))}\n${replyMarker(7)}\n### Files\n\n${replyMarker(8)}\n`
  expect(
    findAnswered([
      { body: preview, isOurs: true },
      { body: `${replyMarker(9)}\n`, isOurs: false },
    ]),
  ).toEqual(new Set([7]))
})
