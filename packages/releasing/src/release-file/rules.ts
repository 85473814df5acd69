import { findRefFault, isJsonObject } from '@switchyard/core'
import { type Finding, textsAt } from '@switchyard/core/config'
import { isDay } from '../files/day.ts'
import { MAX_METADATA_LENGTH, MAX_STEPS } from '../files/limits.ts'
import { checkOnce, checkReserved } from '../files/name-rules.ts'
import { quote } from '../files/quote.ts'
import { CATEGORIES } from '../model.ts'
import { CUSTOM_PREFIX } from '../release/custom-prefix.ts'
import { findNoJson } from './find-no-json.ts'

const IDS = CATEGORIES.map((category) => `steps.${category}.*.id`)

/** What a shape cannot say of a release's file, but for the contents of its steps. */
export function checkReleaseFile(value: unknown): readonly Finding[] {
  return [
    ...checkOnce(value, { patterns: IDS, what: 'step', code: 'duplicate-step', hint: 'Give each step of deploy and verify its own id.' }),
    ...checkReserved(value, IDS),
    ...checkCustomPrefix(value),
    ...checkDate(value),
    ...checkRef(value),
    ...checkMetadata(value),
  ]
}

/** A customer's own steps are called so: a step of the file would be taken for one of them. */
function checkCustomPrefix(value: unknown): readonly Finding[] {
  return IDS.flatMap((pattern) => textsAt(value, pattern))
    .filter(({ text }) => text.toLowerCase().startsWith(CUSTOM_PREFIX))
    .map(({ path, text }) => {
      const message = `The id ${quote(text)} begins with ${quote(CUSTOM_PREFIX)}, as the steps do that customers have for themselves.`
      return { path, code: 'custom-prefix', message, hint: 'Choose another id.' }
    })
}

/** The one fault of a file that has too many steps: nothing else of it is looked at. */
export function findCrowd(value: unknown): Finding | undefined {
  const steps = isJsonObject(value) && isJsonObject(value.steps) ? value.steps : {}
  const count = CATEGORIES.reduce((sum, category) => sum + lengthOf(steps[category]), 0)
  if (count <= MAX_STEPS) return undefined
  const message = `The release has ${count} steps; ${MAX_STEPS} are allowed.`
  return { path: ['steps'], code: 'too-many-steps', message, hint: 'Make several steps one, or several releases.' }
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0
}

/** A day that the calendar has: 30 February is none. */
function checkDate(value: unknown): readonly Finding[] {
  return textsAt(value, 'release_date')
    .filter(({ text }) => /^\d{4}-\d\d-\d\d$/.test(text) && !isDay(text))
    .map(({ path, text }) => {
      const message = `There is no day ${quote(text)}.`
      return { path, code: 'bad-date', message, hint: 'Write year, month and day, in this order.' }
    })
}

function checkRef(value: unknown): readonly Finding[] {
  return textsAt(value, 'ref').flatMap(({ path, text }): readonly Finding[] => {
    if (text.startsWith('refs/')) {
      const short = text.replace(/^refs\/(?:heads|tags)\//, '')
      return [{ path, code: 'bad-ref', message: `${quote(text)} must be a short name.`, hint: `Write ${quote(short)}.` }]
    }
    const fault = findRefFault(text)
    if (fault === undefined) return []
    const message = `${quote(text)} is not a branch, tag or commit: ${fault}.`
    return [{ path, code: 'bad-ref', message, hint: 'See `git check-ref-format`.' }]
  })
}

/** It is recorded with the release, as JSON. */
function checkMetadata(value: unknown): readonly Finding[] {
  const metadata = isJsonObject(value) ? value['metadata'] : undefined
  if (!isJsonObject(metadata)) return []
  const odd = findNoJson(metadata, ['metadata'])
  if (odd !== undefined) {
    return [
      { path: odd, code: 'not-json', message: 'This number cannot be kept: it is no finite one.', hint: 'Write it as a text, in quotes.' },
    ]
  }
  const { length } = JSON.stringify(metadata)
  if (length <= MAX_METADATA_LENGTH) return []
  const message = `The metadata has ${length} characters as JSON; ${MAX_METADATA_LENGTH} are allowed.`
  return [{ path: ['metadata'], code: 'metadata-too-large', message, hint: 'Keep it in a file of its own, and name that here.' }]
}
