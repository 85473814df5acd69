export { LEDGER_CODES, type LedgerCode } from './errors.ts'
export { LEDGER_REASONS } from './reasons.ts'
export {
  Ledger,
  type EffectOptions,
  type GroupsOptions,
  type LoadWanted,
  type PerformedGroups,
  type PerformOptions,
  type Performed,
  type Recovered,
} from './ledger.ts'
export { openGithubLedger, type GithubLedgerOptions } from './open-github-ledger.ts'
export { ledgerInputs } from './ledger-inputs.ts'
export type { LedgerOf, LoadedOf } from './ledger-of.ts'
export { loadBeside } from './load-beside.ts'
export type { EarlyRules } from './late-decider.ts'
export { GithubStore, type GithubStoreOptions } from './github-store.ts'
export type { RestRequest } from './github-branch.ts'
export type { Loaded } from './loaded.ts'
export { refusePublicLedger, type VisibilityQuestion } from './visibility.ts'
export { viewPath } from './paths.ts'
export type { Ports } from './ports.ts'
export { readAhead } from './read-ahead.ts'
export type { LedgerOptions } from './session.ts'
export type { Change, CommitOutcome, CreateOutcome, LedgerPlace, LedgerStore, Reading, TreeFile, Wanted } from './store.ts'
export type {
  Asked,
  CommandGroup,
  CommandRequest,
  EffectFailure,
  EffectHandler,
  EffectReport,
  GroupPart,
  GroupRequest,
  GroupResult,
  Intent,
  RequestResult,
} from './types.ts'
