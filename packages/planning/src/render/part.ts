import { inlineCode } from '@switchyard/core'
import { linkNumber } from './links.ts'

export interface PartInput {
  /** The issue's. */
  readonly number: number
  /** The idea whose plan it was made of; undefined: another repository keeps it. */
  readonly idea: { readonly number: number; readonly url: string } | undefined
}

/** Where an issue that was made from a plan belongs, in one sentence. */
export function sayPart({ number, idea }: PartInput): string {
  const whose = idea === undefined ? 'an idea that another repository keeps' : `the idea ${linkNumber(idea.number, idea.url)}`
  return `This issue, ${linkNumber(number, undefined)}, is part of ${whose}.`
}

/** Why nothing of a plan begins on one of its own issues. */
export function renderPartRefused(part: PartInput): string {
  const where = part.idea === undefined ? 'Ask there' : `Ask on ${linkNumber(part.idea.number, part.idea.url)}`
  return `**Refused:** nothing was changed.\n\n- ${sayPart(part)} ${where}: it is no idea of its own. (${inlineCode('PART_OF_PLAN')})`
}
