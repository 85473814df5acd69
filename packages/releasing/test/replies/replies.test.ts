import { sha256 } from '@switchyard/core'
import { expect, it } from 'vitest'
import { findStep } from '../../src/release/find-step.ts'
import { renderCustomer } from '../../src/replies/customer.ts'
import { renderList } from '../../src/replies/list.ts'
import { renderShow, type ShowInput } from '../../src/replies/show.ts'
import { renderProgress, renderStatus } from '../../src/replies/status.ts'
import { renderSummary } from '../../src/replies/summary.ts'
import { activate, customerState, shown } from '../board/board-stage.ts'
import { SLUG } from '../release-stage.ts'

const ACME = 'eu-1/acme'

function inputOf(stage: ReturnType<typeof activate>, id: string, content: string, isOpen = true): ShowInput {
  const step = findStep(shown(stage).release, customerState(stage, ACME), id)
  if (step === undefined) throw new Error(`There is no step ${id}`)
  const history = stage.documents.get(`history/${ACME}`)
  return { slug: SLUG, address: ACME, step, content, history, environment: 'production', isApproved: false, isOpen }
}

const show = (...asked: Parameters<typeof inputOf>): string => renderShow(inputOf(...asked))

it('show: content, source, status and history, newest first', () => {
  const stage = activate()
  stage.ask(ACME, { kind: 'override', step: 'migrate', content: 'echo other' })
  stage.ask(ACME, { kind: 'skip', step: 'migrate', reason: 'ran before' }, 'ada')
  stage.ask(ACME, { kind: 'done', step: 'smoke', notes: 'of another step' })
  const text = show(stage, 'migrate', 'echo other')
  expect(text).toContain('`migrate` of `eu-1/acme` · Deploy · bash · **skipped** · overridden: this customer’s own content')
  expect(text).toContain('```bash\necho other\n```')
  expect(text).toMatch(
    /\| 2026-11-21 00:00 UTC \| skipped \| ada \| ran before \|\n\| 2026-11-21 00:00 UTC \| overridden \| maintainer \| {2}\|$/,
  )
  expect(text).not.toContain('of another step')
})

it('show: a step that was never touched says so, and one that ran links to its run', () => {
  const stage = activate()
  expect(show(stage, 'smoke', 'x')).toContain('Nothing has happened to it yet.')
  stage.ask(ACME, { kind: 'record-run', step: 'smoke', exit_code: 3, conclusion: 'failure', url: 'https://github.example/runs/9' })
  expect(show(stage, 'smoke', 'x')).toMatch(/Last run: exit code 3, failure, .* \[see the run\]\(https:\/\/github\.example\/runs\/9\)/)
})

it('show: how to go on, in commands that work as they stand', () => {
  const stage = activate()
  expect(show(stage, 'migrate', 'x')).toContain('Have it carried out: `/step run migrate eu-1/acme`.')
  expect(show(stage, 'migrate', 'x')).toContain('tick its box, or `/step done migrate eu-1/acme <notes>`')
  expect(show(stage, 'migrate', 'x', false)).not.toContain('/step')
  stage.ask(ACME, { kind: 'done', step: 'migrate', notes: null })
  expect(show(stage, 'migrate', 'x')).toContain('A mistake? `/step revert migrate eu-1/acme <reason>`')
})

it('show: content beyond the room is cut, and how much is said', () => {
  const text = show(activate(), 'migrate', 'y'.repeat(50_000))
  expect(text.length).toBeLessThan(60_000)
  expect(text).toContain('10,001 more characters do not fit here')
})

it('show: content cannot end its own fence', () => {
  const text = show(activate(), 'migrate', '```\n<b>\n````\n# x')
  expect(text).toContain('`````bash\n```\n<b>\n````\n# x\n`````')
})

it('show: what is not seen is shown by its number', () => {
  const text = show(activate(), 'migrate', 'echo a\u202e\u200bb\r\necho\ttwo\r')
  expect(text).toContain('echo a⟨U+202E⟩⟨U+200B⟩b\necho\ttwo⟨U+000D⟩\n```')
  expect(text).toContain('⚠️ The content holds characters that are not seen')
  expect(show(activate(), 'migrate', 'echo a\r\n\tb')).not.toContain('⚠️')
})

it('show: what runs has its SHA-256, and content of the customer’s own how to approve it, until it is', () => {
  const stage = activate()
  const named = (content: string): string => `SHA-256 of the content: \`${sha256(content)}\``
  expect(show(stage, 'migrate', '')).toContain(named('echo migrate'))
  expect(show(stage, 'migrate', '')).not.toContain('approve')
  stage.ask(ACME, { kind: 'override', step: 'migrate', content: 'echo other' })
  const input = inputOf(stage, 'migrate', 'echo other')
  expect(renderShow(input)).toContain(named('echo other'))
  expect(renderShow(input)).toContain(`\`\`\`text\n/step approve migrate ${ACME} ${sha256('echo other')}\n\`\`\``)
  expect(renderShow({ ...input, isApproved: true })).toMatch(/· approved for `production`$/m)
  expect(renderShow({ ...input, environment: undefined })).not.toContain('approve')
  stage.ask(ACME, { kind: 'add-custom', category: 'deploy', type: 'text', name: 'Call', content: 'x', anchor: null })
  expect(show(stage, 'custom-1', 'x')).not.toContain('SHA-256')
})

it('status: the matrix of all clusters or of one, without boxes; an unknown one is answered with those there are', () => {
  const view = shown(activate())
  expect(renderStatus(view)).toContain('<b>us-1</b>')
  expect(renderStatus(view)).not.toContain('- [ ]')
  expect(renderStatus(view, 'eu-1')).not.toContain('us-1')
  expect(renderStatus(view, 'ap-1')).toBe('No customer of this release is on ap\\-1. Its clusters are:\n\n- eu\\-1\n- us\\-1')
})

it('progress: the release, each cluster, each customer', () => {
  const stage = activate()
  stage.ask(ACME, { kind: 'done', step: 'migrate', notes: null })
  const text = renderProgress(shown(stage))
  expect(text).toContain('`███░░░░░░░░░░░░░░░░░ 17 %` · **1 of 6 steps**')
  expect(text).toContain('| eu\\-1 | `█████░░░░░░░░░░░░░░░ 25 %` | 1 of 4 steps |')
  expect(text).toContain('| `eu-1/acme` | `█████░░░░░ 50 %` | 1 of 2 steps |')
})

it('customer: who did what, when, and what was said', () => {
  const stage = activate()
  stage.ask(ACME, { kind: 'skip', step: 'migrate', reason: 'ran before' }, 'ada')
  const { release } = shown(stage)
  const text = renderCustomer({ release, customer: customerState(stage, ACME), address: ACME })
  expect(text).toContain('### ACME · `eu-1/acme`')
  expect(text).toContain('| ⏭️ | Do migrate | `migrate` | 2026-11-21 00:00 UTC | ada | ran before |')
  expect(text).toContain('| ⬜ | Do smoke | `smoke` |  |  |  |')
})

it('list: drafts, then every release newest first', () => {
  const entry = (slug: string, status: string) => ({
    slug,
    name: slug.toUpperCase(),
    type: 'release',
    version_number: '1',
    status,
    at: '2026-11-21T08:00:00.000Z',
  })
  const text = renderList({
    releases: { pages: 1, entries: [entry('old', 'archived'), entry('new', 'active')] },
    drafts: ['next', 'new'].map((slug) => ({ slug, name: 'Next', type: 'hotfix', versionNumber: '2' })),
  })
  expect([...text.matchAll(/^\| `(\w+)`/gm)].map(([, slug]) => slug)).toEqual(['next', 'new', 'old'])
  expect(text).toContain('| `new` | NEW | 1 | release | active | 2026-11-21 08:00 UTC |')
  expect(text).toContain('Archived ones before these are in the ledger')
  expect(text).toContain('comment `/release activate next`')
  expect(renderList({ releases: undefined })).toContain('There is no release yet.')
})

it('summary: how far the release is, what this run changed and what was refused', () => {
  const stage = activate()
  stage.ask(ACME, { kind: 'done', step: 'migrate', notes: null })
  const changes = stage.events.slice(-1).map((event) => ({ address: ACME, event }))
  const text = renderSummary({ ...shown(stage), changes, refused: [], isDryRun: false, isShown: false })
  expect(text).toContain('| 1 | 0 | 0 | 5 | 6 |')
  expect(text).toContain('#### This run\n\n**1 change**\n\n- `eu-1/acme` · ✅ `migrate` done')
  const refused = [{ command: '/step done x', rejected: { code: 'UNKNOWN_STEP', message: 'No x.', hint: 'Try y.' } }]
  expect(renderSummary({ ...shown(stage), changes: [], refused, isDryRun: false, isShown: false })).toContain(
    '#### This run\n\n**Refused:** nothing was changed.',
  )
})

it('summary: who only asked to be shown something is not told that there was nothing to do', () => {
  const text = renderSummary({ ...shown(activate()), changes: [], refused: [], isDryRun: false, isShown: true })
  expect(text).toContain('#### This run\n\nThe answer stands on the issue.')
})
