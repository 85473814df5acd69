import { clip, clipCode, fitTable } from '@switchyard/core'
import type { TreeConflict } from '../tree/model.ts'
import { linkNumber } from './links.ts'
import { MAX_TITLE } from './limits.ts'

/** A conflict with what people know the issue by. */
export interface Conflict extends TreeConflict {
  readonly title: string
  readonly url: string | undefined
}

const WORDS: Readonly<Record<TreeConflict['what'], readonly [what: string, advice: string]>> = {
  title: ['Somebody gave it another title than the plan says.', 'Put the title that you want into both the plan and the issue.'],
  section: [
    'Somebody wrote between our markers, so that it is not what the plan says.',
    'Take their words into the plan, or move them below the last marker; then sync again.',
  ],
  markers: [
    'The markers of our part are gone, or are there twice.',
    'Put them back from the issue’s edit history: one pair, with nothing else in it.',
  ],
  parent: ['Somebody moved it below another issue than the plan says.', 'Move the issue below its parent of the plan, or change the plan.'],
  milestone: [
    'Somebody gave it another milestone than the plan did, which has a new one now.',
    'Nothing, if theirs is right: it stays. Else put the plan’s milestone on the issue.',
  ],
  'too-long': [
    'With what people wrote around it, the plan’s part has no room in the issue.',
    'Shorten what stands around it, or the plan’s text.',
  ],
  'parent-gone': [
    'The issue that it belongs under is gone.',
    'Give the parent another id in the plan, so that it is made anew, or put this one elsewhere.',
  ],
  gone: [
    'The issue was deleted, or moved to another repository.',
    'Take it out of the plan, or give it another id there (`{#new-id}`), so that it is made anew; an epic takes a new id.',
  ],
}

/** What people and the plan both changed, and how each is settled. At most `max` units. */
export function renderConflicts(conflicts: readonly Conflict[], max: number): string {
  const rows = conflicts.map(({ key, number, title, url, what }) => {
    const [says, advice] = WORDS[what]
    const there = what === 'gone' || what === 'parent-gone' ? undefined : url
    return [`${linkNumber(number, there)} ${clip(title, MAX_TITLE)}`, clipCode(key, 80), says, advice]
  })
  return fitTable({ head: ['Issue', 'Id', 'What happened', 'What to do'], rows, max })
}
