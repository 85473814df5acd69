import { describe, expect, test } from 'vitest'
import type { RecordedRun } from '../run/record-runs.ts'
import { linksOf } from './page-links.ts'
import { renderGraph } from './render-graph.ts'
import { renderMarkdown } from './render-markdown.ts'
import { renderRunsPage } from './render-runs-page.ts'
import { renderStoriesPage } from './render-stories-page.ts'

const run = (id: number, more: Partial<RecordedRun> = {}): RecordedRun => ({
  id,
  attempt: 1,
  anchor: `run-${id}-${more.attempt ?? 1}`,
  repository: 'acme/app',
  workflow: `W${id}`,
  path: '.github/workflows/w.yml',
  title: 'A title',
  event: 'push',
  url: '',
  actor: 'maintainer',
  startedBy: undefined,
  during: undefined,
  conclusion: 'success',
  durationMs: 1_234,
  reasons: [],
  jobs: [],
  ...more,
})

describe('the graph', () => {
  test('has a box for each run, and an arrow from what started it: solid when known, dashed when likely', () => {
    const svg = renderGraph([run(1), run(2, { startedBy: 1 }), run(3, { during: 2 }), run(2, { attempt: 2, startedBy: 1 })])
    expect(svg.match(/class="box /g)).toHaveLength(4)
    expect(svg.match(/class="arrow"/g)).toHaveLength(2)
    expect(svg.match(/class="arrow likely"/g)).toHaveLength(1)
    expect(svg).toContain('attempt 2')
  })

  test('is nothing without runs', () => {
    expect(renderGraph([])).toBe('')
  })
})

test.each([
  ['<script>alert(1)</script>', '&lt;script&gt;'],
  ['a <img src=x onerror=y> b', '&lt;img'],
  ['[x](javascript:alert(1))', '<p>x</p>'],
  ['![x](https://example.com/x.png)', '<p>x</p>'],
  ['[x](https://example.com/?a=1&b="2")', 'href="https://example.com/?a=1&amp;b=&quot;2&quot;"'],
  ['```mermaid\ngraph LR\n a-->b\n```', '<details>'],
  ['| a |\n| - |\n| **b** |', '<td><strong>b</strong></td>'],
  ['<details><summary>2 files (all)</summary>\n\na\n\n</details>', '<details><summary>2 files (all)</summary><p>a</p>\n</details>'],
  [
    '<details open>\n<summary><b>eu-1</b> · <code>██ 50 %</code></summary>\n\na\n\n</details>',
    '<details open><summary><b>eu-1</b> · <code>██ 50 %</code></summary><p>a</p>\n</details>',
  ],
  ['<details><summary><b onclick=x>a</b></summary>', '&lt;details'],
  [
    '- [x] Roll out `roll-out` <!-- eu-1/brede -->',
    '<li><input checked="" disabled="" type="checkbox"> Roll out <code>roll-out</code> </li>',
  ],
  ['<details><summary>a</summary>\n\nb', '</details>'],
  ['<details onclick=x><summary>a</summary>', '&lt;details'],
  ['<details><summary><b>a</summary>', '&lt;details'],
  ['</details>', '&lt;/details&gt;'],
  ['<!-- a marker -->\n\nb', '<p>b</p>'],
  ['```diff\n+<b>\n```', '<span class="added">+&lt;b&gt;</span>'],
  ['```diff\n+<<<<<<< yours\n```', '<span class="warning">'],
])('the Markdown %j becomes %j', (markdown, expected) => {
  const html = renderMarkdown(markdown, linksOf([]))
  expect(html).toContain(expected)
  expect(html).not.toMatch(/<script|<img|javascript:/)
})

test('names, titles, steps and logs that look like HTML are text, and what failed stands open', () => {
  const evil = '<img src=x>"\''
  const step = { name: evil, conclusion: 'failure', lines: ['##[error]' + evil, evil] }
  const job = { id: 1, name: evil, conclusion: 'failure', durationMs: 5, summary: evil, problems: [evil], steps: [step] }
  const html = renderRunsPage({
    title: evil,
    runs: [run(1, { title: evil, workflow: evil, repository: evil, reasons: [evil], jobs: [job], conclusion: 'failure' })],
  })
  expect(html).not.toContain('<img')
  expect(html.match(/<details class="(job|step)" open>/g)).toHaveLength(2)
  expect(html).toContain("default-src 'none'")
})

test.each([
  ['http://127.0.0.1:9/acme/app/actions/runs/7', '#run-7-1'],
  ['http://127.0.0.1:9/acme/app/actions/runs/7/job/3', '#run-7-1'],
  ['http://127.0.0.1:9/acme/app/issues/1', undefined],
  ['https://example.com/', 'https://example.com/'],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['/etc/passwd', undefined],
])('the link %s leads to %s', (href, expected) => {
  expect(linksOf([run(7, { url: 'http://127.0.0.1:9/acme/app/actions/runs/7' })])(href)).toBe(expected)
})

test('a table has a row for each run that leads to its jobs, and what failed without a step says why', () => {
  const job = {
    id: 1,
    name: 'lint',
    conclusion: 'failure',
    durationMs: 5,
    summary: '',
    problems: ['No runner has the label gpu'],
    steps: [],
  }
  const html = renderRunsPage({ title: 'A', runs: [run(1), run(2, { conclusion: 'failure', jobs: [job] })] })
  expect(html).toContain('2 runs in 1 repository: <span class="success">1 success</span>, <span class="failure">1 failure</span>')
  expect(html.match(/<td><a href="#run-/g)).toHaveLength(2)
  expect(html).toContain('<li>No runner has the label gpu</li>')
  for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${anchor}"`)
})

test('stories stand on one page, and each links to its own runs though their numbers are the same', () => {
  const chapters = ['one', 'two'].map((id) => ({
    id,
    title: `Story ${id}`,
    lead: 'A <lead>',
    runs: [run(1, { anchor: `${id}-run-1-1` })],
    parts: [{ heading: 'Said', markdown: '**b**' }],
  }))
  const html = renderStoriesPage(chapters)
  for (const id of ['one', 'two']) expect(html).toContain(`href="#${id}-run-1-1"`)
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(anchor)
  expect(html).toContain('A &lt;lead&gt;')
})
