import type { Step } from '../release/find-step.ts'
import { CATEGORIES, type Category, type StepStatus } from '../model.ts'

/** What stands for a status wherever one is shown. */
export const SIGNS = { pending: '⬜', done: '✅', skipped: '⏭️', reverted: '↩️' } as const satisfies Record<StepStatus, string>

/** Beside a step that is open since its last run failed, or was cut off. */
export const FAILED = '❌'
export const OVERRIDDEN = '✏️'
export const CUSTOM = '➕'

export const LEGEND = [
  `${SIGNS.pending} to do`,
  `${SIGNS.done} done`,
  `${SIGNS.skipped} skipped`,
  `${SIGNS.reverted} reverted`,
  `${FAILED} its last run failed or was cut off`,
  `${OVERRIDDEN} content changed for this customer`,
  `${CUSTOM} a step of this customer’s own`,
].join(' · ')

export const CATEGORY_NAMES = { deploy: 'Deploy', verify: 'Verify' } as const satisfies Record<Category, string>

/** What a copy of a step is beside its status; empty for one that is the template's. */
export function markOf({ source }: Pick<Step, 'source'>): string {
  switch (source) {
    case 'template':
      return ''
    case 'overridden':
      return OVERRIDDEN
    case 'custom':
      return CUSTOM
  }
}

/** Steps by category, in the order of categories; those without steps are left out. */
export function byCategory(steps: readonly Step[]): readonly (readonly [Category, readonly Step[]])[] {
  const groups = CATEGORIES.map((category) => [category, steps.filter((step) => step.category === category)] as const)
  return groups.filter(([, members]) => members.length > 0)
}
