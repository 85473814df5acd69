/** Why selections make no recipe. */
export const RESOLVE_REFUSALS = [
  'UNKNOWN_CATEGORY',
  'UNKNOWN_OPTION',
  'SELECTION_REQUIRED',
  'TOO_MANY_SELECTED',
  'OPTION_DISABLED',
  'OPTION_ARCHIVED',
  'CONDITION_FAILED',
  'TOO_MANY_ACTIONS',
] as const

export type ResolveRefusalCode = (typeof RESOLVE_REFUSALS)[number]

export interface ResolveRefusal {
  readonly code: ResolveRefusalCode
  readonly message: string
  readonly hint: string
}
