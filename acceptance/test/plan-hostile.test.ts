import type { ActionResult } from '@switchyard/workflow-runner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlanStage, findAlive, type PlanStage, SHELF, SMALL_PLAN } from '../src/index.ts'

const EVIL = '@evil #1 GH-1 <img src=x onerror=alert(1)> </details> [x](https://evil.example) ![y](https://evil.example/y.png) closes #1'
const MARKS = [
  '<!-- switchyard:plan item=repo-1~issue-1 key=evil -->',
  '<!-- switchyard:plan section -->',
  '<!-- /switchyard:plan section -->',
  '<!-- switchyard:plan card -->',
  '<!-- switchyard:plan reply=1 -->',
].join('\n')
const LONG = '😀'.repeat(256)
const HOSTILE = `---
title: ${JSON.stringify(`${EVIL} ::error::x ##[error]x`)}
idea: 1
---

# Epic: ${EVIL} {#constructor}

${EVIL.replace(/\[x\].*png\)/, '')}

${MARKS}

/plan cancel

## Story: تسجيل الدخول ${EVIL}

\`\`\`html
${MARKS}
@evil #1
/plan cancel
### Plan
\`\`\`

### Task: ${LONG}

Files: \`src/a|b.ts\`, \`<b>\`
Depends on: __proto__, value-of

~~~~
\`\`\`
${MARKS}
~~~
~~~~

### Task: 👩‍👩‍👧‍👦

### Task: __proto__

### Task: ::warning::look {#value-of}
`
const WIDE = `---\ntitle: Wide\nidea: 2\n---\n\n# Epic: Wide\n\n## Story: All of it\n${Array.from({ length: 101 }, (_, at) => `\n### Task: No. ${at}\n`).join('')}`

let stage: PlanStage
beforeAll(async () => {
  stage = await createPlanStage({
    files: {
      'plans/hostile.md': HOSTILE,
      'plans/wide.md': WIDE,
      'plans/long.md': `${SMALL_PLAN}${'😀'.repeat(25_000)}`.padEnd(100_001, 'x'),
      'plans/large.md': 'x'.repeat(600_000),
      'plans/nul.md': `${SMALL_PLAN}\u0000`,
      'plans/prose.md': 'Just do it.',
      'plans/other.md': SMALL_PLAN.replace('idea: 1', 'labels: []\nidea: 7'),
    },
  })
  await stage.open('Wide', 'Many tasks.', 'owner')
})
afterAll(() => stage.close())

/** Whatever is answered, nothing of theirs is live in it: replies, card, the run's page and its log. */
async function say(issue: number, body: string): Promise<ActionResult> {
  const before = stage.commentsOf(issue).length + 1
  const said = await stage.say(issue, body, 'owner')
  for (const text of [...stage.commentsOf(issue).slice(before), stage.cardOf(issue) ?? '', said.summary]) {
    expect(aliveIn(text)).toEqual([])
    expect(text.length).toBeLessThanOrEqual(65_536)
  }
  expect(said.annotations.filter(({ message }) => /^(x|look)$/.test(message))).toEqual([])
  return said
}

/** Without our own first line and links, and the plan that is shown in a fence of its own; inside HTML, GitHub reads no Markdown. */
function aliveIn(text: string): readonly string[] {
  const own = text
    .replace(/^(<!-- switchyard:plan [^\n]*-->\n)(@owner\n)?/, '')
    .replaceAll(/^<summary>.*<\/summary>$/gm, (line) => line.replaceAll('![', ''))
    .replaceAll(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '')
    .replaceAll(/\[#\d+\]\(http:\/\/127\.0\.0\.1[^)]*\)/g, '')
  return findAlive(own)
}

const replyTo = (issue: number): string =>
  (stage.commentsOf(issue).findLast((body) => body.startsWith('<!-- switchyard:plan reply=')) ?? '').replaceAll(/\\|\u200b/g, '')

test('a hostile plan becomes the issues that it names, and nothing of it is live; then there is nothing left to do', async () => {
  expect((await say(1, '/plan upload plans/hostile.md')).outputs['reason-code']).toBe('uploaded')
  for (const command of ['materialise --dry-run', 'materialise', 'sync', 'status', 'show']) await say(1, `/plan ${command}`)
  const made = stage.issues().filter(({ number }) => number > 2)
  // GitHub shows a title as text, backticks apart, and neither mentions nor links in it: it stays as it is written.
  expect(made.map(({ title }) => title)).toEqual([EVIL, `تسجيل الدخول ${EVIL}`, LONG, '👩‍👩‍👧‍👦', '__proto__', '::warning::look'])
  for (const { body } of made) {
    const [mark, begin, ...rest] = (body ?? '').split('\n')
    expect([mark, begin]).toEqual([
      expect.stringMatching(/^<!-- switchyard:plan item=repo-\d+~issue-1 key=[a-z0-9-]+ -->$/),
      '<!-- switchyard:plan section -->',
    ])
    expect(rest.filter((line) => line.startsWith('<!-- switchyard:') || line.startsWith('<!-- /switchyard:'))).toEqual([
      '<!-- /switchyard:plan section -->',
    ])
    expect(aliveIn(rest.slice(0, -1).join('\n'))).toEqual([])
  }
  const byTitle = new Map(made.map((issue) => [issue.title, issue]))
  expect(byTitle.get(LONG)?.blockedByIds).toEqual([byTitle.get('__proto__')?.id, byTitle.get('::warning::look')?.id])
  expect((await say(1, '/plan sync')).outputs['reason-code']).toBe('nothing-changed')
  expect(stage.cardOf(1)).toContain('### ✅ The plan’s issues are made')
})

test('a hundred and one tasks of a story would stand under two parts', async () => {
  await say(2, '/plan upload plans/wide.md')
  // Making them takes what GitHub's pace takes, more than a minute.
  expect((await say(2, '/plan materialise --dry-run')).log).toContain('104 issues would be made in acme/shelf')
  const rows = replyTo(2).split('\n')
  expect(rows.filter((row) => row.includes('| task below')).map((row) => /part.?2/.test(row))).toEqual([
    ...Array<boolean>(90).fill(false),
    ...Array<boolean>(11).fill(true),
  ])
})

const REFUSED = {
  'plans/long.md': 'The plan has 100001 characters; 100000 are allowed.',
  'plans/large.md': 'plans/large.md cannot be read: it is binary, or over the 512,000 bytes that GitHub hands out as text. A plan is text',
  'plans/nul.md': 'plans/nul.md cannot be read',
  'plans/prose.md': '### ❌ The plan was not saved: 1 problem',
  'plans/none.md': 'The default branch has no file plans/none.md.',
  plans: 'The default branch has no file plans.',
  '../../x': '“../../x” is not a path of this repository: it climbs with `..`.',
  '.git/config': 'it reaches into `.git`.',
  '/etc/passwd': 'it is absolute.',
  'plans/$(touch${IFS}x).md': 'it holds more than letters',
  'plans/a.md;rm': 'it holds more than letters',
} as const

test('a file that is no plan, or none of the repository’s, is refused in words, and nothing is kept', async () => {
  const issue = Number((await stage.open('Refused', 'Nothing is kept of it.', 'owner'))['issue'] && stage.issues().at(-1)?.number)
  const before = await stage.readLedger()
  const commands = Object.keys(REFUSED).map((path) => `/plan upload ${path}`)
  expect((await say(issue, commands.join('\n'))).outputs['decision']).toBe('refused')
  for (const why of Object.values(REFUSED)) expect(replyTo(issue)).toContain(why)
  const foreign = await say(issue, '/plan upload plans/other.md')
  expect(foreign.annotations).toMatchObject([{ file: 'plans/other.md', line: 4 }])
  expect(replyTo(issue)).toMatch(
    /\| \[4\]\(http:\/\/127\.0\.0\.1:\d+\/acme\/shelf\/blob\/[0-9a-f]{40}\/plans\/other\.md\?plain=1#L4\) \| 1 \| The plan is for the idea #7/,
  )
  expect((await say(issue, '/plan upload plans/prose.md')).log).toContain('The plan has a fault and was not saved: The plan has no epic.')
  expect(await stage.readLedger()).toEqual(before)
})

const form = (plan: string): string => `### Why\n\nBecause.\n\n### Plan\n\n\`\`\`markdown\n${plan}\n\`\`\`\n`

test('a form’s plan is taken as its owner left it; others’ changes, and forms without one, are not', async () => {
  const plan = (text: string): string => SMALL_PLAN.replace('idea: 1\n', '').replace('Why there are reminders.', text)
  const opened = await stage.open('Form', form(plan('First.\n\n```ts\nconst first = 1\n```\n\n/plan cancel')), 'owner')
  const number = stage.issues().at(-1)?.number ?? 0
  const wake = (payload: typeof opened, actor: string): Promise<ActionResult> => stage.play({ eventName: 'issues', payload, actor })
  // Somebody with write access is quicker than the run.
  const changed = await stage.change(number, { body: form(plan('Another’s.')) }, 'writer')
  expect((await wake(opened, 'owner')).outputs['reason-code']).toBe('uploaded')
  expect((await wake(changed, 'writer')).outputs['reason-code']).toBe('plan-waits')
  await say(number, '/plan show')
  expect(replyTo(number)).toContain('const first = 1')
  expect(replyTo(number)).not.toContain('Another’s.')

  const empty = await stage.open('Empty', '### Plan\n\n_No response_\n', 'owner')
  expect((await wake(empty, 'owner')).outputs['reason-code']).toBe('not-for-us')
  const item = stage.issues().find(({ title }) => title.startsWith('تسجيل'))
  const edited = await stage.change(item?.number ?? 0, { body: `${item?.body ?? ''}\nMore.` })
  expect((await wake(edited, 'maintainer')).outputs['reason-code']).toBe('not-for-us')
})

test('a stranger is told nothing of a plan, neither its faults nor what it would change', async () => {
  const commands = ['/plan upload plans/prose.md', '/plan sync plans/other.md', '/plan sync', '/plan materialise']
  expect((await stage.say(1, commands.join('\n'), 'reader')).outputs['decision']).toBe('refused')
  expect(replyTo(1).match(/NOT_YOURS/g)).toHaveLength(commands.length)
  expect(replyTo(1)).not.toMatch(/no epic|would/)
})

test('no token comes out of any of it, nor stays behind', async () => {
  const { world } = stage.github
  const token = world.createToken({ kind: 'job', repository: SHELF, permissions: { contents: 'write', issues: 'write', actions: 'read' } })
  const said: string[] = []
  const play = await stage.play({
    eventName: 'issue_comment',
    payload: await stage.comment(1, '/plan status', 'owner'),
    token,
    onStarted: (child) => {
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')))
    },
  })
  const { comments, issues, checkRuns } = world.state
  const kept = [...comments.values(), ...issues.values(), ...checkRuns.values()]
  const all = [
    said.join('').replaceAll(/^::add-mask::.*$/gm, ''),
    JSON.stringify([play.outputs, play.summary, play.state, play.env, play.annotations, kept]),
    JSON.stringify([...(await stage.readLedger())]),
    ...stage.github.log.lines(),
  ].join('\n')
  expect(play.outputs['decision']).toBe('done')
  for (const secret of [token, Buffer.from(token).toString('base64'), Buffer.from(`x-access-token:${token}`).toString('base64')]) {
    expect(all.includes(secret)).toBe(false)
  }
})
