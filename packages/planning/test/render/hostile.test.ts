import { expect, it } from 'vitest'
import { decidePullRequest, IDEA_STATUSES, type TreeChange } from '../../src/index.ts'
import {
  isCard,
  renderCard,
  renderCheck,
  renderDifference,
  renderMade,
  renderRefusedPlan,
  renderRejection,
  renderReview,
  renderRollup,
  renderShow,
  renderStatus,
  renderStopped,
  renderSummary,
  renderTransition,
  renderUploaded,
} from '../../src/render.ts'
import { findAlive, HOSTILE, isEvenTable } from './markdown.ts'
import { cardOf, PLAN, roundOf, SITE, treeOf } from './stage.ts'

const LONG = ['<&@`|'.repeat(12_000), '`'.repeat(60_000), '\u202e\u0000'.repeat(30_000), '```\n~~~\n'.repeat(7_500), '👩‍👩‍👧‍👦'.repeat(5_000)]
/** What the toolkit itself writes in HTML: folding, and its own markers at the very top. */
const OURS =
  /^(?:<\/details>|<details(?: open)?>\n<summary>(?:[^<>]|<b>[^<>]*<\/b>|<code>[^<>]*<\/code>)*<\/summary>|<!-- switchyard:plan card -->)\s*$/

function drawAll(text: string): Readonly<Record<string, string>> {
  const items = treeOf({ title: () => text, done: 1 })
  const plan = { ...PLAN, title: text, source: { kind: 'file', path: text, commit: 'abcdef0123' } } as const
  const round = roundOf(1, { reviewer: text, findings: [{ severity: 'major', where: text, text }] })
  const review = { rounds: [round, { ...round, round: 2 }], approver: text, reviewed_at: text }
  const fault = {
    code: 'x',
    message: `Bad ${text} and \`${text}\``,
    hint: text,
    place: { file: text, line: 1, column: 2 },
    severity: 'error',
  } as const
  const failure = { code: 'FAILED', message: text, hint: text }
  const conflict = { key: text, number: 102, what: 'section', title: text, url: undefined } as const
  const check = renderCheck({
    alignment: decidePullRequest(
      [{ number: 9, title: text, url: 'https://github.example/acme/shop/issues/9', files: [text, 'src/'], verify: 'ALIGNED' }],
      [{ path: `src/${text}` }, { path: `other/${text}` }],
    ),
    changed: 2,
    isWhole: true,
  })
  return {
    card: renderCard(
      cardOf({
        items,
        plan,
        owner: text,
        review,
        log: [{ at: text, by: text, text }],
        target: text,
        making: { kind: 'failed', ...failure },
      }),
    ),
    planned: renderCard(cardOf({ items: treeOf({ title: () => text, isMade: false }), plan, status: 'PLAN_READY' })),
    status: renderStatus({ title: text, status: 'PLANNED', items }),
    difference: renderDifference({
      difference: { changes: changesOf(text), conflicts: [conflict], unsure: [], left: [], hash: 'ab12cd34ef56' },
      find: () => ({ title: text, number: 102, url: 'https://github.example/acme/shop/issues/102' }),
      command: `/plan sync ${text}`,
    }),
    unknown: renderDifference({
      difference: { changes: changesOf(text), conflicts: [conflict], unsure: [], left: [], hash: 'a' },
      find: () => undefined,
    }),
    review: renderReview(review),
    made: renderMade({
      kind: 'synced',
      target: { repository: text, url: `https://github.example/${text}` },
      items,
      created: 1,
      changed: 2,
      conflicts: [conflict],
      notes: [text],
    }),
    stopped: renderStopped({ kind: 'materialised', done: 1, total: 2, error: failure }),
    refused: renderRefusedPlan({ faults: [fault, { ...fault, severity: 'warning' }], lineUrl: () => `https://github.example/${text}` }),
    uploaded: renderUploaded({
      site: SITE,
      plan: { ...plan, stories: 1, tasks: 1, length: 9 },
      from: 'DRAFT',
      supersedesReview: true,
      warnings: [fault],
    }),
    show: renderShow({ site: SITE, plan, text }),
    transition: renderTransition({ from: 'GRILLED', to: 'PLANNING', by: text }),
    rejection: renderRejection(failure),
    rollup: renderRollup({ kind: 'closed', child: { title: text, number: 3, url: undefined }, counts: { done: 1, total: 1 } }),
    check: `${check.summary}\n\n${check.text}`,
    validated: renderSummary({ kind: 'validate', files: [{ path: text, result: { ok: false, faults: [fault] } }] }),
    verified: renderSummary({ kind: 'verify', pullRequest: { number: 4, url: 'https://github.example/acme/shop/pull/4' }, check }),
  }
}

function changesOf(text: string): readonly TreeChange[] {
  const issue = { key: text, parent: text, level: 'task', title: text, section: text, dependsOn: [], hasOwnId: true } as const
  return [
    { kind: 'create', issue },
    { kind: 'edit', issue, number: 1, parts: ['title', 'section'] },
    { kind: 'move', key: text, number: 2, from: text, to: text },
    { kind: 'rename', from: text, issue, number: 3, parts: ['title'] },
    { kind: 'drop', key: text, number: 4, title: text },
    { kind: 'revive', issue, number: 5, parts: ['title'] },
    { kind: 'link', key: text, blocker: text },
    { kind: 'unlink', key: text, blocker: text },
  ]
}

it.each([...HOSTILE, ...LONG].map((text) => [text.slice(0, 40), text] as const))('nothing of %j comes alive', (_, text) => {
  const plain = drawAll('Plain words')
  for (const [name, drawn] of Object.entries(drawAll(text))) {
    const { html, links, images, headings, words, boxes } = findAlive(drawn)
    const expected = findAlive(plain[name] ?? '')
    expect({
      name,
      html: html.filter((tag) => !OURS.test(tag)),
      // A text that is too long leaves parts out.
      folds: text.length > 1_000 ? expected.html.length : html.length,
      links: links.filter((link) => !link.startsWith('https://github.example/')),
      images,
      boxes,
      headings: headings.length,
      // A mention or reference that a break stands in is none.
      called: [...words, ...html].filter((part) => /@\w/.test(part) || /(?:^|\s)#\d/.test(part)),
      isEven: isEvenTable(drawn),
      isWhole: drawn.isWellFormed(),
      fits: drawn.length <= 65_000,
    }).toEqual({
      name,
      html: [],
      folds: expected.html.length,
      links: [],
      images: [],
      boxes: 0,
      headings: expected.headings.length,
      called: [],
      isEven: true,
      isWhole: true,
      fits: true,
    })
  }
})

it.each(HOSTILE)('a Mermaid drawing of %j keeps its nodes', (text) => {
  const drawing = /```mermaid\n([\s\S]*?)\n```/.exec(drawAll(text)['status'] ?? '')?.[1]
  const lines = drawing?.split('\n') ?? []
  expect(lines).toHaveLength(4)
  for (const line of lines.slice(1, 3)) expect(line).toMatch(/^ {2}t\d\["[^"<>[\]]*(?:<br>#35;\d+)"\]$/)
})

it('a card is known by its first line alone, whatever its titles say', () => {
  const drawn = drawAll('<!-- switchyard:plan card -->')
  expect(isCard(drawn['card'] ?? '')).toBe(true)
  for (const name of ['status', 'difference', 'review', 'show', 'transition']) expect(isCard(drawn[name] ?? '')).toBe(false)
  expect(isCard('text\n<!-- switchyard:plan card -->\n')).toBe(false)
})

it.each(IDEA_STATUSES)('the card of a plan with 1,000 tasks fits in %s, with all that is to be said next', (status) => {
  for (const title of [(words: string) => words, () => '<&@`|'.repeat(50)]) {
    const items = treeOf({ stories: 12, tasks: 84, done: 3, title, isMade: status === 'PLANNED' })
    const log = Array.from({ length: 200 }, (_, at) => ({ at, by: 'octocat', text: '|`<'.repeat(500) }))
    const rounds = Array.from({ length: 40 }, (_, at) => roundOf(at + 1, { reviewer: '|<`'.repeat(500) }))
    const card = renderCard(cardOf({ status, items, log, review: { rounds, approver: undefined, reviewed_at: undefined } }))
    expect(card.length).toBeLessThanOrEqual(60_000)
    expect(isEvenTable(card)).toBe(true)
    expect(card.match(/<details/g)).toHaveLength(card.match(/<\/details>/g)?.length ?? 0)
    expect(card).toContain('What can be said next')
    expect(card).toContain('30 earlier rounds not shown')
    expect(card).toContain('190 older entries not shown')
    const tasks = card.match(/^- (?:[⬜✅⛔] )?(?:Task|&lt;).*(?<!more)$/gm) ?? []
    if (tasks.length < 1_008) expect(card).toContain('The tasks of these do not fit here')
  }
})

it('an endless name fits, whether its address is long or short', () => {
  const name = 'owner/'.repeat(20_000)
  for (const url of ['https://github.example/x', `https://github.example/${name}`]) {
    const made = { created: 1, changed: 0, conflicts: [], notes: [] }
    const text = renderMade({ kind: 'synced', target: { repository: name, url }, ...made, items: treeOf() })
    expect(text.length).toBeLessThan(3_000)
  }
})

it('every story of 1,000 tasks has its line, even where its tasks do not fit', () => {
  const card = renderCard(cardOf({ items: treeOf({ stories: 12, tasks: 84, done: 3 }) }))
  for (let story = 1; story <= 12; story += 1) expect(card).toMatch(new RegExp(`(?:<b>|- )Story ${story}\\b`))
})

it('one story of 1,000 tasks shows as many as fit, and counts the rest', () => {
  const card = renderCard(cardOf({ items: treeOf({ stories: 1, tasks: 1_000 }) }))
  expect(card.length).toBeLessThanOrEqual(60_000)
  const shown = card.match(/^- (?:⬜|⛔) Task/gm)?.length ?? 0
  const left = Number(/^- and ([\d,]+) more$/m.exec(card)?.[1]?.replace(',', ''))
  expect(shown).toBeGreaterThan(300)
  expect(shown + left).toBe(1_000)
})

it('a thousand changes, faults, findings and files are cut with their count', () => {
  const many = <T>(make: (at: number) => T): readonly T[] => Array.from({ length: 1_000 }, (_, at) => make(at))
  const long = '|`<'.repeat(100)
  const changes = many((at): TreeChange => ({ kind: 'drop', key: long, number: at, title: long }))
  const texts = [
    renderDifference({ difference: { changes, conflicts: [], unsure: [], left: [], hash: 'ab12cd34ef56' }, find: () => undefined }),
    renderRefusedPlan({ faults: many(() => ({ code: 'x', message: long, hint: long, severity: 'error' })) }),
    renderReview({
      rounds: many((at) => roundOf(at + 1, { findings: many(() => ({ severity: 'note', where: long, text: long })) })),
      approver: undefined,
      reviewed_at: undefined,
    }),
    renderStatus({ title: long, status: 'PLANNED', items: treeOf({ stories: 100, tasks: 20, title: () => long }) }),
  ]
  for (const text of texts) {
    expect(text.length).toBeLessThanOrEqual(60_000)
    expect(text).toMatch(/and [\d,]+ more|The findings of [\d,]+ earlier rounds are/)
    expect(isEvenTable(text)).toBe(true)
  }
  expect(texts[0]).toContain('--confirm ab12cd34ef56')
})
