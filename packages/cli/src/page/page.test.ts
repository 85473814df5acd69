import { describe, expect, test } from 'vitest'
import type { RecordedRun } from '../run/record-runs.ts'
import { renderGraph } from './render-graph.ts'
import { renderMarkdown } from './render-markdown.ts'
import { renderRunsPage } from './render-runs-page.ts'

const run = (id: number, more: Partial<RecordedRun> = {}): RecordedRun => ({
  id, attempt: 1, repository: 'acme/app', workflow: `W${id}`, path: '.github/workflows/w.yml', title: 'A title', event: 'push', url: '', startedBy: undefined,
  during: undefined, conclusion: 'success', durationMs: 1_234, reasons: [], jobs: [], ...more,
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
])('the Markdown %j becomes %j', (markdown, expected) => {
  const html = renderMarkdown(markdown)
  expect(html).toContain(expected)
  expect(html).not.toMatch(/<script|<img|javascript:/)
})

test('names, titles, steps and logs that look like HTML are text, and what failed stands open', () => {
  const evil = '<img src=x>"\''
  const step = { name: evil, conclusion: 'failure', lines: ['##[error]' + evil, evil] }
  const job = { id: 1, name: evil, conclusion: 'failure', durationMs: 5, summary: evil, steps: [step] }
  const html = renderRunsPage({ title: evil, runs: [run(1, { title: evil, workflow: evil, repository: evil, reasons: [evil], jobs: [job], conclusion: 'failure' })] })
  expect(html).not.toContain('<img')
  expect(html.match(/<details class="(job|step)" open>/g)).toHaveLength(2)
  expect(html).toContain("default-src 'none'")
})
