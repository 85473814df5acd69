import { inlineCode } from '@switchyard/core'
import { fitLines } from '../board/fit.ts'
import { clip } from '../board/inert.ts'
import { MAX_BODY } from '../board/plan-pages.ts'
import type { Foreseen } from '../release-file/foresee-change.ts'

/** What a change of files would do to one release that is worked off. */
export interface ForeseenRelease {
  readonly slug: string
  readonly foreseen: readonly Foreseen[]
}

const MAX_WORDS = 500

/** What would change in running releases once the files are merged, one line each. */
export function renderForeseen(releases: readonly ForeseenRelease[], max: number = MAX_BODY): string {
  if (releases.length === 0) return 'It would change nothing in running releases.'
  const head = 'Once it is merged, it changes running releases:\n\n'
  const lines = releases.flatMap(({ slug, foreseen }) =>
    foreseen.map(({ step, words }) => {
      const what = [slug, ...(step === undefined ? [] : [step])].map(inlineCode).join(' · ')
      return `- ${what}: ${clip(words, MAX_WORDS)}`
    }),
  )
  return head + fitLines(lines, max - head.length, (left) => `- and ${left} more`).join('\n')
}
