import type { COMMANDS } from './command-list.ts'

/** What commands begin with: known before the list of them is. */
export const FAMILIES: readonly string[] = Object.keys({ plan: true, help: true } satisfies Record<
  (typeof COMMANDS)[number]['family'],
  true
>)
