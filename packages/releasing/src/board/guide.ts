import { inlineCode, renderTable } from '@switchyard/core'
import type { ReleaseState } from '../release/records/state.ts'
import type { Counts } from '../release/views/progress.ts'
import { isComplete } from './bar.ts'

export interface GuideInput {
  readonly release: ReleaseState
  readonly counts: Counts
  /** Whether the boxes are on other issues. */
  readonly hasPages: boolean
}

const COMMANDS = [
  ['/step show <step> <customer>', 'what to do in this step, and what happened to it'],
  ['/step done <step> <customer> [notes]', 'the same as ticking its box, with a note'],
  ['/step done <step> --all', 'done for every customer at once'],
  ['/step skip <step> <customer> <reason>', 'not needed here: counts as finished'],
  ['/step revert <step> <customer> [reason]', 'undone: it has to be carried out again'],
  ['/release status [cluster]', 'where everybody is'],
  ['/release customer <customer>', 'who did what for one customer, and when'],
  ['/help', 'every command that you may use'],
] as const

/** How somebody who sees a board for the first time goes on from here. */
export function renderGuide({ release, counts, hasPages }: GuideInput): string {
  if (release.status === 'archived') return 'This release is **archived**: nothing in it changes any more.'
  if (isComplete(counts)) {
    return `**Every step is done or skipped.** To close the release, write ${inlineCode('/release archive')} as a comment below. Until then a box that you untick is reverted, and counts as still to do.\n\n${renderCommands(release)}`
  }
  const where = hasPages ? 'Open your customer’s page below. Each has a list of boxes, one for each step.' : 'Find your customer below. Each has a list of boxes, one for each step.'
  return [
    '### How to go on',
    '',
    `1. ${where} Deploy steps come first, then verify steps, from top to bottom.`,
    `2. To see what a step asks for, write a comment: ${inlineCode(`/step show ${exampleOf(release)}`)}`,
    '3. Carry it out, then **tick its box**. It is recorded as done by you. Was it a mistake? Untick it, and it is reverted.',
    `4. If a step is not needed, skip it and say why: ${inlineCode('/step skip <step> <customer> <reason>')}`,
    '',
    'The release is finished when the bar shows 100 %. Change nothing here but boxes: any other edit of this text is put back.',
    '',
    renderCommands(release),
  ].join('\n')
}

/** The first step of the first customer: words that work when they are typed as they stand. */
function exampleOf({ steps, customers }: ReleaseState): string {
  const step = steps.find(({ removed }) => !removed)
  const customer = customers[0]
  return `${step?.id ?? '<step>'} ${customer === undefined ? '<customer>' : `${customer.cluster}/${customer.namespace}`}`
}

function renderCommands(release: ReleaseState): string {
  const { steps, customers } = release
  const known = steps.length > 0 && customers.length > 0
  const names = known ? `${inlineCode('<step>')} and ${inlineCode('<customer>')} are the short names beside the boxes, as in ${inlineCode(exampleOf(release))}. ` : ''
  const table = renderTable(['Write as a comment', 'What it does'], COMMANDS.map(([command, what]) => [inlineCode(command), what]))
  return `<details>\n<summary>Commands</summary>\n\n${table}\n\n${names}Several commands may stand in one comment, one a line: all of them happen, or none. Add ${inlineCode('--dry-run')} to see what would change.\n\n</details>`
}
