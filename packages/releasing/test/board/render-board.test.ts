import { expect, it } from 'vitest'
import { boardMarker, findBoardMarker } from '../../src/board/keys.ts'
import { MAX_BODY, planPages } from '../../src/board/plan-pages.ts'
import { readTicks } from '../../src/board/read-ticks.ts'
import { renderBoardIssue, renderBoardTitle, renderPage } from '../../src/board/render-board.ts'
import { addressOf } from '../../src/model.ts'
import { SLUG, stepOf } from '../release-stage.ts'
import { activate, manyCustomers, manySteps, PLACE, type Setting, shown, renderBoard } from './board-stage.ts'
import { countBoxes, findAlive, HOSTILE, isEvenTable } from './markdown.ts'

function draw(stage = activate()) {
  const { release, matrix } = shown(stage)
  return renderBoard({ release, matrix, pages: [], place: PLACE }).overview
}

function drawPages(setting: Setting) {
  const { release, matrix } = shown(activate(setting))
  const pages = planPages({ customers: release.customers.map(addressOf), steps: release.steps.length })
  const issues = { issue: 1, pages: pages.map((_, at) => at + 2) }
  return { pages, board: renderBoard({ release: { ...release, board: issues }, matrix, pages, place: PLACE }) }
}

it('a board has a box for every step of every customer, and only what is done is ticked', () => {
  const stage = activate()
  stage.ask('eu-1/acme', { kind: 'done', step: 'migrate', notes: null })
  stage.ask('eu-1/beta', { kind: 'skip', step: 'migrate', reason: 'not here' })
  stage.ask('us-1/acme', { kind: 'done', step: 'smoke', notes: null })
  stage.ask('us-1/acme', { kind: 'revert', step: 'smoke', reason: null })
  const board = draw(stage)
  expect(countBoxes(board)).toEqual({ all: 6, ticked: 1 })
  expect(board).toContain('- [x] Do migrate `migrate` <!-- eu-1/acme -->')
  expect(board).toContain('- [ ] ⏭️ ~~Do migrate~~ `migrate` <!-- eu-1/beta -->')
  expect(board).toContain('- [ ] ↩️ Do smoke `smoke` <!-- us-1/acme -->')
})

it('progress is told overall and by cluster', () => {
  const stage = activate()
  for (const step of ['migrate', 'smoke']) stage.ask('us-1/acme', { kind: 'done', step, notes: null })
  const board = draw(stage)
  expect(board).toContain('██████░░░░░░░░░░░░░░ 33 %` · **2 of 6 steps** · ✅ 2 done · ⬜ 4 to do')
  expect(board).toContain('| us\\-1 | `████████████████████ 100 %` | 2 of 2 steps | 1 |')
  expect(board).toContain('<details open>\n<summary><b>eu-1</b>')
  expect(board).toContain('<details>\n<summary><b>us-1</b>')
})

it('steps are rows and customers columns, deploy and verify apart', () => {
  const stage = activate()
  stage.ask('eu-1/beta', { kind: 'done', step: 'smoke', notes: null })
  const board = draw(stage)
  expect(board).toContain(
    `| **Deploy** | acme | [beta](${PLACE.historyUrl('eu-1/beta')}) |\n| --- | --- | --- |\n| 1. Do migrate | ⬜ | ⬜ |`,
  )
  expect(board).toContain('| **Verify** | acme | beta |\n| --- | --- | --- |\n| 1. Do smoke | ⬜ | ✅ |')
})

const run = (step: string, exit_code: number) =>
  ({ kind: 'record-run', step, exit_code, conclusion: 'failure', url: 'https://github.example/runs/7' }) as const

it('a step whose run failed is still to do, and is what people see first, one click from its run', () => {
  const stage = activate()
  stage.ask('eu-1/acme', run('migrate', 3))
  const board = draw(stage)
  const link = '❌ [exit code 3](https://github.example/runs/7)'
  expect(board).toContain(`**Look at first:** ${link} in \`migrate\` of \`eu-1/acme\``)
  expect(board).toContain('| 1. Do migrate | ⬜ ❌ | ⬜ |')
  expect(board).toContain(`- [ ] ${link} Do migrate \`migrate\` <!-- eu-1/acme -->`)
  expect(board).toContain('<b>eu-1</b> · <code>░░░░░░░░░░░░░░░░░░░░ 0 %</code> · 2 customers · ❌ 1 failed')
  expect(board).toContain('**0 of 6 steps** · ⬜ 6 to do')
})

it.each([
  { dealtWith: [{ kind: 'done', step: 'migrate', notes: null }] },
  { dealtWith: [{ kind: 'skip', step: 'migrate', reason: 'no' }] },
  { dealtWith: [run('migrate', 0)] },
] as const)('a failed run is forgotten once its step is dealt with ($dealtWith.0.kind)', ({ dealtWith }) => {
  const stage = activate()
  stage.ask('eu-1/acme', run('migrate', 3))
  for (const command of [...dealtWith, { kind: 'revert', step: 'migrate', reason: null } as const]) stage.ask('eu-1/acme', command)
  expect(draw(stage)).not.toMatch(/❌ (?!its)/)
})

it('a customer’s own step that failed is marked in its cell', () => {
  const stage = activate()
  stage.ask('eu-1/acme', { kind: 'add-custom', category: 'deploy', type: 'bash', name: 'Own', content: 'x', anchor: null })
  stage.ask('eu-1/acme', run('custom-1', 1))
  expect(draw(stage)).toContain('| Steps of their own | ⬜ ❌ ➕ |   |')
  stage.ask('eu-1/acme', { kind: 'remove-custom', step: 'custom-1' })
  expect(draw(stage)).not.toContain('**Look at first:**')
})

it('with pages, the board tells of failed runs beside their customer and on the page alone', () => {
  const stage = activate({ customers: manyCustomers(60), steps: manySteps(40) })
  const { release, matrix } = shown(stage)
  const failed = { 'step-1': { exit_code: 2, url: 'https://github.example/runs/9' } }
  const row = matrix.customers['eu-1/customer-0'] ?? { cells: '', customs: {} }
  const pages = planPages({ customers: release.customers.map(addressOf), steps: 40 })
  const marked = { ...matrix, customers: { ...matrix.customers, 'eu-1/customer-0': { ...row, failed } } }
  const board = renderBoard({ release, matrix: marked, pages, place: PLACE })
  expect(board.overview).toContain('| 0 of 40 steps · ❌ 1 failed |')
  expect(board.overview).toContain('**Look at first:** ❌ [exit code 2](https://github.example/runs/9) in `step-1` of `eu-1/customer-0`')
  expect(board.pages.map((page) => page.includes('**Look at first:**'))).toEqual(pages.map((_, at) => at === 0))
})

it('every run of a page may fail: links go before any box does', () => {
  const { release, matrix } = shown(activate({ customers: manyCustomers(200), steps: manySteps(50) }))
  const failed = Object.fromEntries(release.steps.map(({ id }) => [id, { exit_code: 1, url: `https://github.example/${'r'.repeat(60)}` }]))
  const customers = Object.fromEntries(Object.entries(matrix.customers).map(([address, row]) => [address, { ...row, failed }]))
  const pages = planPages({ customers: release.customers.map(addressOf), steps: 50 })
  const page = renderPage({ release, matrix: { ...matrix, customers }, pages, place: PLACE }, 1)
  expect(page.length).toBeLessThanOrEqual(MAX_BODY)
  expect(page.match(/^- \[ \] ❌ exit code 1 /gm)).toHaveLength((pages[0] ?? []).length * 50)
})

it('who did what for a customer, and when, is one click from its column and its list, once something happened', () => {
  const stage = activate()
  stage.ask('eu-1/acme', { kind: 'done', step: 'migrate', notes: null })
  const board = draw(stage)
  const url = PLACE.historyUrl('eu-1/acme')
  expect(board).toContain(`| **Deploy** | [acme](${url}) | beta |`)
  expect(board).toContain('| **Verify** | acme | beta |')
  expect(board).toContain(`#### ACME · \`eu-1/acme\` · \`█████░░░░░ 50 %\` · [who did what](${url})\n`)
  expect(board).toContain('#### BETA · `eu-1/beta` · `░░░░░░░░░░ 0 %`\n')
})

it('own and overridden steps are marked, and own ones stand at their anchor', () => {
  const stage = activate()
  stage.ask('eu-1/acme', { kind: 'override', step: 'migrate', content: 'other' })
  stage.ask('eu-1/acme', {
    kind: 'add-custom',
    category: 'deploy',
    type: 'text',
    name: 'Call them',
    content: 'x',
    anchor: { position: 'before', step: 'migrate' },
  })
  const board = draw(stage)
  expect(board).toContain('- [ ] ➕ Call them `custom-1` <!-- eu-1/acme -->\n- [ ] ✏️ Do migrate `migrate` <!-- eu-1/acme -->')
  expect(board).toContain('| 1. Do migrate | ⬜ ✏️ | ⬜ |\n| Steps of their own | ⬜ ➕ |   |')
})

it('a step that the template lost stays where it was carried out, and says so', () => {
  const stage = activate()
  stage.ask('eu-1/acme', { kind: 'done', step: 'migrate', notes: null })
  stage.ask(undefined, { kind: 'sync-template', steps: [stepOf('smoke', { category: 'verify' })] })
  const board = draw(stage)
  expect(board).toContain('- [x] Do migrate (no longer in the template) `migrate` <!-- eu-1/acme -->')
  expect(countBoxes(board)).toEqual({ all: 4, ticked: 1 })
})

it('an archived release has no boxes', () => {
  const stage = activate()
  stage.ask('eu-1/acme', { kind: 'done', step: 'migrate', notes: null })
  stage.ask('eu-1/beta', { kind: 'record-run', step: 'migrate', exit_code: 3, conclusion: 'failure', url: 'https://github.example/runs/7' })
  const { release, matrix } = shown(stage)
  const board = renderBoard({ release: { ...release, status: 'archived' }, matrix, pages: [], place: PLACE }).overview
  expect(countBoxes(board).all).toBe(0)
  expect(board).toContain('- ✅ Do migrate `migrate`')
  expect(board).toContain('**archived**')
  expect(board).toContain('- ⬜ ❌ [exit code 3](https://github.example/runs/7) Do migrate `migrate`')
  expect(board).not.toContain('**Look at first:**')
})

it('a board without steps is 0 of 0, never NaN', () => {
  const board = draw(activate({ steps: [] }))
  expect(board).toContain('`no steps` · **0 of 0 steps**')
  expect(board).not.toContain('NaN')
})

it('a finished board says how the release is closed', () => {
  const stage = activate({ steps: [stepOf('only')] })
  for (const address of ['eu-1/acme', 'eu-1/beta', 'us-1/acme']) stage.ask(address, { kind: 'done', step: 'only', notes: null })
  expect(draw(stage)).toContain('`/release archive`')
})

it('the first line says which release and page it is, whatever the slug', () => {
  for (const slug of [SLUG, 'a--b', 'x --> y']) expect(findBoardMarker(`${boardMarker(slug, 7)}\ntext`)).toEqual({ slug, page: 7 })
  expect(findBoardMarker(draw())).toEqual({ slug: SLUG, page: 0 })
  expect(findBoardMarker('<!-- switchyard:release board=%E0%A4%A page=1 -->')).toBeUndefined()
  expect(findBoardMarker('text <!-- switchyard:release board=a page=1 -->')).toBeUndefined()
})

it('with pages the board has links and no boxes, and each page its own', () => {
  const { pages, board } = drawPages({ customers: manyCustomers(60), steps: manySteps(40) })
  expect(pages.length).toBeGreaterThan(1)
  expect(countBoxes(board.overview).all).toBe(0)
  expect(board.pages.map((page) => countBoxes(page).all)).toEqual(pages.map((members) => members.length * 40))
  expect(findAlive(board.overview).links).toContain(PLACE.issueUrl(2))
  expect(findAlive(board.pages[0] ?? '').links).toEqual([PLACE.issueUrl(1), PLACE.issueUrl(1)])
  expect(board.pages.map((page) => findBoardMarker(page)?.page)).toEqual(pages.map((_, at) => at + 1))
})

it('200 customers with 50 steps: every page and the board are within the limit, with every box', () => {
  const { pages, board } = drawPages({ customers: manyCustomers(200), steps: manySteps(50) })
  expect(pages.flat()).toHaveLength(200)
  expect(board.overview.length).toBeLessThanOrEqual(MAX_BODY)
  for (const page of board.pages) expect(page.length).toBeLessThanOrEqual(MAX_BODY)
  expect(board.pages.reduce((sum, page) => sum + (page.match(/^- \[ \] /gm)?.length ?? 0), 0)).toBe(10_000)
  expect(board.overview).toContain('`eu-3/customer-199`')
})

it.each([
  { namespace: 'c', isTold: true },
  { namespace: 'n'.repeat(96), isTold: false },
])('the longest names are shortened before any box is left out ($namespace)', ({ namespace, isTold }) => {
  const long = (at: number): string => `${'<@&'.repeat(53)}${at % 10}`
  const customers = manyCustomers(60).map((customer, at) => ({ ...customer, namespace: `${namespace}-${at}`, name: '&'.repeat(100) }))
  const steps = manySteps(50).map((step, at) => ({ ...step, id: `${'i'.repeat(60)}-${at}`, name: long(at) }))
  const { pages, board } = drawPages({ customers, steps, facts: { name: '<'.repeat(160), description: '&'.repeat(2_000) } })
  for (const [at, page] of board.pages.entries()) {
    expect(page.length).toBeLessThanOrEqual(MAX_BODY)
    expect(page.match(/^- \[ \] /gm)).toHaveLength((pages[at] ?? []).length * 50)
    if (isTold && at === 0) expect(page).toContain('> Long names are shortened: `/release customer <customer>` answers with everything.')
  }
  expect(board.overview.length).toBeLessThanOrEqual(MAX_BODY)
})

it('2,000 customers with 200 steps: the board still says where the pages are', () => {
  const customers = manyCustomers(2_000, 200)
  const pages = planPages({ customers: customers.map(addressOf), steps: 200 })
  const facts = shown(activate({ customers, steps: manySteps(200) }))
  const input = { ...facts, release: { ...facts.release, board: { issue: 1, pages: pages.map((_, at) => at + 2) } }, pages, place: PLACE }
  const board = renderBoardIssue(input)
  expect(board.length).toBeLessThanOrEqual(MAX_BODY)
  expect(board).toMatch(/\| \[page 2\]\S+ \|/)
  expect(board).toMatch(/and \d+ more pages: they are sub-issues of this one\./)
  expect(renderPage(input, 1).length).toBeLessThanOrEqual(MAX_BODY)
})

it('more own steps than a page holds: what fits is there, and where the rest is', () => {
  const { release, matrix } = shown(activate())
  const ids = Array.from({ length: 2_000 }, (_, at) => `custom-${at + 1}`)
  const row = {
    cells: '..',
    customs: Object.fromEntries(ids.map((id) => [id, '.'])),
    own: Object.fromEntries(ids.map((id) => [id, { name: 'Long '.repeat(30), category: 'deploy' as const, anchor: null }])),
  }
  const board = renderBoard({
    release,
    matrix: { ...matrix, customers: { ...matrix.customers, 'eu-1/acme': row } },
    pages: [],
    place: PLACE,
  }).overview
  expect(board.length).toBeLessThanOrEqual(MAX_BODY)
  expect(board.match(/^- \[ \] /gm)?.length).toBeGreaterThan(900)
  expect(board).toContain('more lines are not shown here: `/release customer eu-1/acme` has them.')
  expect(board).toContain('> The boxes of 2 more customers do not fit here.')
})

it.each(HOSTILE)('a name such as %j stays text, and its step keeps its box', (name) => {
  const customers = [{ cluster: 'eu-1', namespace: 'acme', name }]
  const stage = activate({
    customers,
    steps: [stepOf('migrate', { name }), stepOf('smoke', { category: 'verify', name })],
    facts: { name, description: name, version_number: name },
  })
  stage.ask('eu-1/acme', { kind: 'skip', step: 'smoke', reason: name })
  const board = draw(stage)
  const { html, links, images } = findAlive(board)
  expect(
    html.filter(
      (raw) =>
        !/^(?:<!-- [^>]* -->|<\/?(?:details|summary|b|code)[ a-z]*>|<details open>\n<summary>.*<\/summary>|<details>\n<summary>.*<\/summary>|<\/details>(?:\n<!-- switchyard:release body=[0-9a-f]{64} ticked=[0-9a-f]* -->)?)\s*$/.test(
          raw,
        ),
    ),
  ).toEqual([])
  const history = PLACE.historyUrl('eu-1/acme')
  expect([links, images]).toEqual([[history, history], []])
  expect(countBoxes(board)).toEqual({ all: 2, ticked: 0 })
  expect(isEvenTable(board)).toBe(true)
  expect(board).not.toMatch(/@(?=everyone|acme)/)
  const ticked = board.replace('- [ ] ', '- [x] ')
  expect(readTicks(board, ticked)).toEqual({
    flips: [{ address: 'eu-1/acme', step: 'migrate', checked: true, drawn: false }],
    isOfOtherDrawing: false,
    isOtherwiseChanged: false,
  })
})

it('a cluster’s name in a summary is no HTML and no mention', () => {
  const board = draw(activate({ customers: [{ cluster: '<b onclick=x>@acme', namespace: 'a', name: 'A' }] }))
  expect(board).toContain('<b>&lt;b onclick=x&gt;@\u200bacme</b>')
})

it('titles keep to GitHub’s 256 characters', () => {
  expect(renderBoardTitle({ name: 'Spring', version_number: '1.10' })).toBe('Release Spring 1.10')
  expect(renderBoardTitle({ name: 'x'.repeat(160), version_number: 'y'.repeat(100) }, 12)).toHaveLength(256)
})
