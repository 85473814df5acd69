import { inlineCode, renderTable } from '@switchyard/core'
import type { ReleaseState } from '../release/records/state.ts'
import type { Counts } from '../release/views/progress.ts'
import { isComplete } from '../release/views/progress.ts'

export interface GuideInput {
  readonly release: ReleaseState
  readonly counts: Counts
  /** Whether the boxes are here, or on pages that this issue links to. */
  readonly hasPages: boolean
  /** Where comments are written, as Markdown behind "a comment": empty for this issue. */
  readonly where: string
}

const COMMANDS = [
  ['/step show <step> <customer>', 'what to do in this step, and what happened to it'],
  ['/step done <step> <customer> [notes]', 'the same as ticking its box, with a note'],
  ['/step done <step> --all', 'done for every customer at once; `--all !<customer>` leaves one out'],
  ['/step done <step> cluster:<cluster>', 'done for every customer of a cluster'],
  ['/step skip <step> <customer> <reason>', 'not needed here: counts as finished'],
  ['/step run <step> <customer>', 'a runner carries it out and marks it done; not for texts'],
  ['/step revert <step> <customer> [reason]', 'undone: it has to be carried out again'],
  ['/release status [cluster]', 'where everybody is'],
  ['/release customer <customer>', 'who did what for one customer, and when'],
  ['/release archive', 'ends the release for good, finished or not, and closes its issues'],
  ['/help', 'every command that you may use'],
] as const

/** How somebody who sees a board for the first time goes on from here. */
export function renderGuide(input: GuideInput): string {
  if (input.release.status === 'archived') return 'This release is **archived**: nothing in it changes any more.'
  return `${isComplete(input.counts) ? renderEnd(input) : renderWay(input)}\n\n${renderCommands(input.release)}`
}

function renderEnd({ where }: GuideInput): string {
  return [
    '**Every step is done or skipped.**',
    `To close the release, write ${inlineCode('/release archive')} as a comment${where}.`,
    'Until then a box that you untick is reverted, and counts as still to do.',
  ].join(' ')
}

function renderWay({ release, hasPages, where }: GuideInput): string {
  const find = hasPages ? 'Open your customer’s page below.' : 'Find your customer below.'
  const edit = hasPages ? 'Change nothing in this text: it is written anew.' : 'Change nothing here but boxes: any other edit is put back.'
  return [
    '### How to go on',
    '',
    `1. ${find} Each customer has a list of boxes, one for each step. Go from top to bottom: first deploy, then verify.`,
    `2. To see what a step asks for, write a comment${where}: ${inlineCode(`/step show ${exampleOf(release)}`)}`,
    '3. Carry it out, then **tick its box**. It is recorded as done by you. Was it a mistake? Untick it, and it is reverted.',
    `4. If a step is not needed, skip it and say why: ${inlineCode('/step skip <step> <customer> <reason>')}`,
    '',
    `The release is finished when the bar shows 100 %. ${edit}`,
  ].join('\n')
}

/** The first step of the first customer: words that work when they are typed as they stand. */
function exampleOf({ steps, customers }: ReleaseState): string {
  const step = steps.find(({ removed }) => !removed)
  const customer = customers[0]
  return `${step?.id ?? '<step>'} ${customer === undefined ? '<customer>' : `${customer.cluster}/${customer.namespace}`}`
}

function renderCommands(release: ReleaseState): string {
  const isKnown = release.steps.length > 0 && release.customers.length > 0
  const example = isKnown ? `, as in ${inlineCode(exampleOf(release))}` : ''
  return [
    '<details>\n<summary>Commands</summary>',
    renderTable(
      ['Write as a comment', 'What it does'],
      COMMANDS.map(([command, what]) => [inlineCode(command), what]),
    ),
    [
      `${inlineCode('<step>')} and ${inlineCode('<customer>')} are the short names beside the boxes${example}.`,
      'Several commands may stand in one comment, one a line: all of them happen, or none.',
      `Add ${inlineCode('--dry-run')} to see what would change.`,
    ].join(' '),
    '</details>',
  ].join('\n\n')
}
