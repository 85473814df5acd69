import { createPlanStage, editPlan, findPlanCheck, getCard, getItem, PLAN_PATH, PLANNED_IN } from '../stage/plan-stage.ts'
import type { LiveStage } from '../stage/live-stage.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type Fact, printFacts, printHeading, type Story, type StoryPart, type Telling } from './story.ts'

const IDEA = 1

/** Written in a hurry: a ring, a word that nobody knows, an id that is there twice. */
const HURRIED = `/plan upload
\`\`\`markdown
---
title: Reminders
---

# Epic: Remind people

## Story: Mails

### Task: Write the texts {#texts}

Depends on: send

### Task: Send them {#send}

Depends on: texts
Verify: MOSTLY

### Task: Say sorry {#send}
\`\`\``

/** What the pull request changes: two of the four files of its task. */
const TOUCHED = { 'src/lib/mail/smtp.ts': 'export const port = 587\n', 'package.json': '{ "dependencies": {} }\n' }

/** One plan, made into issues, changed, and held against a pull request. */
export const planStory: Story = {
  name: 'plan',
  title: 'A written plan becomes issues, and pull requests are held against it',
  lead:
    'A hurried plan is refused with every fault at its line. The whole one becomes an epic, 4 stories and 22 tasks. Its next version is shown ' +
    'as a difference before anything changes, a pull request touches half of its task, and a story is closed with its last task.',
  tell,
}

async function tell({ terminal, onProgress }: Telling): Promise<readonly StoryPart[]> {
  printHeading(terminal, 'An embedded GitHub starts on this machine')
  terminal.progress('Pushing the repository with git …')
  const stage = await createPlanStage({ runner: { onProgress } })
  try {
    printFacts(terminal, [{ label: PLANNED_IN, text: `${PLAN_PATH}, the workflows, and an idea: issue #${IDEA}` }])
    const refused = await refuse(stage, terminal)
    const made = await make(stage, terminal)
    const change = await propose(stage, terminal)
    await finish(stage, terminal, change.hash)
    return [refused, made, ...change.parts, { heading: 'The card at the end', markdown: getCard(stage, IDEA) }]
  } finally {
    await stage.close()
  }
}

async function refuse(stage: LiveStage, terminal: Terminal): Promise<StoryPart> {
  printHeading(terminal, 'Somebody in a hurry comments /plan upload, with a plan below it')
  const answer = await say(stage, HURRIED)
  const faults = [...answer.matchAll(/^\| (\d+) \| (\d+) \| (.*?) \| .* \| `([\w-]+)` \|$/gm)]
  printFacts(terminal, [
    ...faults.map(([, line = '', column = '', what = '', code = '']) => ({
      label: `${line}:${column}`,
      text: `${toPlain(what)} (${code})`,
    })),
    { label: 'kept', text: 'nothing' },
  ])
  return { heading: 'The refused plan', markdown: answer }
}

async function make(stage: LiveStage, terminal: Terminal): Promise<StoryPart> {
  const commands = [`/plan upload ${PLAN_PATH}`, '/plan materialise']
  printHeading(terminal, `Somebody comments ${commands.join(' and ')}`)
  const before = stage.github.log.count() + 1 // the comment itself
  await say(stage, commands.join('\n'))
  const requests = stage.github.log.count() - before
  const { issues } = stage.github.world.state
  const made = [...issues.values()].filter(({ body }) => body?.startsWith('<!-- switchyard:plan item=') === true)
  const links = made.reduce((sum, { blockedByIds }) => sum + blockedByIds.length, 0)
  printFacts(terminal, [
    { label: 'made', text: `${made.length} issues: an epic, its stories below it, their tasks below them` },
    { label: 'blocked by', text: `${links} links; everything together took ${requests} requests` },
    standingOf(stage),
  ])
  return { heading: 'The card, on the idea’s issue', markdown: getCard(stage, IDEA) }
}

async function propose(stage: LiveStage, terminal: Terminal): Promise<{ readonly parts: readonly StoryPart[]; readonly hash: string }> {
  const { maintainer } = stage
  const { number } = getItem(stage, 'smtp')
  printHeading(terminal, `A changed plan is merged; meanwhile a pull request says “Closes #${number}”`)
  await maintainer.push({ repository: PLANNED_IN, branch: 'smtp', files: TOUCHED, message: 'Send through SMTP' })
  await maintainer.openPullRequest(PLANNED_IN, { title: 'Send through SMTP', head: 'smtp', body: `Closes #${number}` })
  await maintainer.push({
    repository: PLANNED_IN,
    files: { [PLAN_PATH]: await editPlan(stage) },
    message: 'Plan what happens to refused mails',
  })
  await stage.runner.idle()
  const difference = stage.commentsOf(PLANNED_IN, IDEA).at(-1) ?? ''
  const rows = [...difference.matchAll(/^\| \S+ (\w+) \| (.*?) \| (.*?) \|$/gm)]
  const check = findPlanCheck(stage)
  printFacts(terminal, [
    ...rows.map(([, kind = '', issue = '', what = '']): Fact => ({ label: kind, text: `${toPlain(issue)}: ${toPlain(what)}` })),
    { label: 'changed', text: 'nothing yet' },
    { label: 'check run', text: `${check?.name ?? 'none'}: ${check?.conclusion ?? ''}, “${check?.output.title ?? ''}”` },
  ])
  const parts = [
    { heading: 'What the changed plan would do, as a comment on the idea', markdown: difference },
    { heading: 'The pull request’s check run, plan', markdown: `${check?.output.summary ?? ''}\n\n${check?.output.text ?? ''}` },
  ]
  return { parts, hash: /--confirm (\w+)/.exec(difference)?.[1] ?? '' }
}

async function finish(stage: LiveStage, terminal: Terminal, hash: string): Promise<void> {
  printHeading(terminal, `Somebody comments /plan sync ${PLAN_PATH} --confirm ${hash}`)
  const answer = await say(stage, `/plan sync ${PLAN_PATH} --confirm ${hash}`)
  printFacts(terminal, [{ label: 'answer', text: toPlain(/^### (.*)$/m.exec(answer)?.[1] ?? '') }])

  const { number } = getItem(stage, 'bounces')
  printHeading(terminal, `The only task of the new story is closed: #${number}`)
  await stage.maintainer.request('PATCH', `/repos/${PLANNED_IN}/issues/${number}`, { state: 'closed' })
  await stage.runner.idle()
  const story = getItem(stage, 'undelivered')
  const said = stage.commentsOf(PLANNED_IN, story.number).at(-1) ?? ''
  printFacts(terminal, [{ label: `#${story.number}`, text: `${story.state}: ${toPlain(said)}` }, standingOf(stage)])
}

/** A comment on the idea. Returns the answer. */
async function say(stage: LiveStage, body: string): Promise<string> {
  await stage.maintainer.comment(PLANNED_IN, IDEA, body)
  await stage.runner.idle()
  return stage.commentsOf(PLANNED_IN, IDEA).at(-1) ?? ''
}

function standingOf(stage: LiveStage): Fact {
  const card = getCard(stage, IDEA)
  return { label: 'progress', text: toPlain(/^`.* %`.*$/m.exec(card)?.[0] ?? /^### (.*)$/m.exec(card)?.[1] ?? '') }
}

/** Words of a comment as a terminal shows them. */
const toPlain = (markdown: string): string =>
  markdown
    .replaceAll(/<!--.*?-->\s*/gs, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]/g, '')
    .replaceAll(/\\(.)/g, '$1')
    .trim()
