import { clip, clipWords, fitLines, inlineCode } from '@switchyard/core'
import { MAX_BODY } from '../board/plan-pages.ts'
import type { Foreseen } from '../release-file/foresee-change.ts'

/** What a change of files would do to one release that is worked off. */
export interface ForeseenRelease {
  readonly slug: string
  readonly foreseen: readonly Foreseen[]
}

const MAX_WORDS = 500

export interface ForeseenInput {
  readonly releases: readonly ForeseenRelease[]
  /** Why it is not known which releases run; undefined: these do. */
  readonly unread: string | undefined
}

/** What would change in running releases once the files are merged, one line each. */
export function renderForeseen({ releases, unread }: ForeseenInput, max: number = MAX_BODY): string {
  const whole =
    unread === undefined ? '' : `The ledger could not be read, so which releases run is not known: ${clipWords(unread, MAX_WORDS)}\n\n`
  if (releases.length === 0) return `${whole}It would change nothing in running releases.`
  const head = `${whole}Once it is merged, it changes ${unread === undefined ? 'running releases' : 'those of these releases that run'}:\n\n`
  const lines = releases.flatMap(({ slug, foreseen }) =>
    foreseen.map(({ step, words }) => {
      const what = [slug, ...(step === undefined ? [] : [step])].map(inlineCode).join(' · ')
      return `- ${what}: ${clip(words, MAX_WORDS)}`
    }),
  )
  return head + fitLines(lines, max - head.length, (left) => `- and ${left} more`).join('\n')
}
