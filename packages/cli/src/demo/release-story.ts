import { clickBoxes, createReleaseStage, getBoard, PLATFORM } from '../stage/release-stage.ts'
import type { LiveStage } from '../stage/live-stage.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { printFacts, printHeading, renderFence, type Story, type StoryPart, type Telling } from './story.ts'

const SLUG = '2026-11-spring'
const CANARY = 'eu-1/brede'
/** What is left of the canary's list once everybody has had the mail. */
const BOXES = ['backup', 'migrate', 'roll-out', 'health', 'bookings', 'sign-off']
const LEDGER = 'refs/heads/switchyard/release'

const DIFFERENT = `/step override roll-out eu-1/kaldvik
\`\`\`bash
set -eu
for part in worker timetable web; do
  echo "$SWITCHYARD_NAMESPACE: $part replaced, and ten minutes waited"
done
\`\`\`

/step add eu-2/fjordlink deploy text "Warm the timetables" --after roll-out
\`\`\`text
Open each line's timetable once, the night ferry first.
\`\`\`

/step skip bookings eu-1/lagune Closed until April, there are none`

/** One release, walked through ten customers on three clusters. */
export const releaseStory: Story = {
  name: 'release',
  title: 'One release through many customers, to 100 %',
  lead:
    'A comment opens the release’s board. People tick its boxes and comment what differs for one customer; a step goes wrong and is done ' +
    'again; at 100 % the check run turns green.',
  tell,
}

async function tell({ terminal, onProgress }: Telling): Promise<readonly StoryPart[]> {
  printHeading(terminal, 'An embedded GitHub starts on this machine')
  terminal.progress('Pushing the repository with git …')
  const stage = await createReleaseStage({ runner: { onProgress } })
  try {
    printFacts(terminal, [
      { label: PLATFORM, text: '3 clusters with 11 active customers, a release of 4 steps to deploy and 3 to verify, the workflows' },
    ])
    await activate(stage, terminal)
    await beginWithCanary(stage, terminal)
    const differing = await sayWhatDiffers(stage, terminal)
    await finish(stage, terminal)
    return [differing, ...(await showEnd(stage, terminal))]
  } finally {
    await stage.close()
  }
}

async function activate(stage: LiveStage, terminal: Terminal): Promise<void> {
  printHeading(terminal, `Somebody opens an issue and comments /release activate ${SLUG} --all !nord`)
  const issue = await stage.maintainer.openIssue(PLATFORM, { title: 'Spring', body: '' })
  await stage.maintainer.comment(PLATFORM, issue, `/release activate ${SLUG} --all !nord`)
  await stage.runner.idle()
  const board = getBoard(stage, SLUG)
  const boxes = board.body.match(/^- \[ \] /gm)?.length ?? 0
  printFacts(terminal, [
    { label: 'board', text: `issue #${board.issue}, ${boxes} boxes: each of 7 steps for each of 10 customers` },
    standingOf(stage),
  ])
}

async function beginWithCanary(stage: LiveStage, terminal: Terminal): Promise<void> {
  await say(stage, terminal, '/step done announce --all Mail of 20 November')
  printHeading(terminal, `Somebody carries out the steps of the canary, ${CANARY}, and ticks its boxes on the board`)
  await clickBoxes(
    stage,
    SLUG,
    BOXES.map((step) => ({ step, customer: CANARY })),
  )
  await stage.runner.idle()
  printFacts(terminal, [standingOf(stage)])
}

async function sayWhatDiffers(stage: LiveStage, terminal: Terminal): Promise<StoryPart> {
  const answer = await say(stage, terminal, DIFFERENT)
  const changes = [...answer.matchAll(/^- (.*)$/gm)].map(([, text = '']) => ({ label: 'recorded', text: text.replaceAll('`', '') }))
  printFacts(terminal, changes)
  return { heading: 'The board, with what differs', markdown: getBoard(stage, SLUG).body }
}

async function finish(stage: LiveStage, terminal: Terminal): Promise<void> {
  await say(
    stage,
    terminal,
    '/step done backup --all\n/step done migrate --all\n/step done roll-out --all\n/step done custom-1 eu-2/fjordlink',
  )
  await say(stage, terminal, '/step revert roll-out eu-2/ostara Answers take nine seconds')
  await say(stage, terminal, '/step done roll-out eu-2/ostara Again, with more memory')
  await say(stage, terminal, '/step done health --all\n/step done bookings --all !lagune\n/step done sign-off --all')
}

async function showEnd(stage: LiveStage, terminal: Terminal): Promise<readonly StoryPart[]> {
  const shown = await say(stage, terminal, '/step show roll-out eu-2/ostara')
  const log = await stage.git(PLATFORM, 'log', '--reverse', '--format=%s', LEDGER)
  const check = [...stage.github.world.state.checkRuns.values()].findLast(({ name }) => name === `release/${SLUG}`)
  printHeading(terminal, 'What is there now')
  printFacts(terminal, [
    standingOf(stage),
    { label: 'check run', text: `${check?.name ?? 'none'}: ${check?.conclusion ?? ''}, “${check?.output.title ?? ''}”` },
    ...log.split('\n').map((text) => ({ label: 'ledger', text })),
  ])
  return [
    { heading: 'The step that went wrong: the answer to /step show', markdown: shown },
    { heading: 'The board at the end', markdown: getBoard(stage, SLUG).body },
    { heading: 'The ledger’s branch, switchyard/release', markdown: renderFence(log) },
  ]
}

/** A comment on the board, and how far the release is after it. Returns the answer. */
async function say(stage: LiveStage, terminal: Terminal, body: string): Promise<string> {
  const commands = body.split('\n').filter((line) => line.startsWith('/'))
  printHeading(terminal, `Somebody comments ${commands.length === 1 ? commands[0] : `${commands.length} commands`}`)
  if (commands.length > 1) for (const command of commands) terminal.print(`  ${terminal.style('dim', command)}`)
  const { issue } = getBoard(stage, SLUG)
  await stage.maintainer.comment(PLATFORM, issue, body)
  await stage.runner.idle()
  printFacts(terminal, [standingOf(stage)])
  return stage.commentsOf(PLATFORM, issue).at(-1) ?? ''
}

function standingOf(stage: LiveStage): { readonly label: string; readonly text: string } {
  const [, bar = '', share = ''] = /^`(.*?)` · \*\*(.*?)\*\*/m.exec(getBoard(stage, SLUG).body) ?? []
  return { label: 'progress', text: `${bar} · ${share}` }
}
