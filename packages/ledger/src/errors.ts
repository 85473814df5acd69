import { InternalError, UserError } from '@switchyard/core'
import type { LedgerPlace } from './store.ts'

export const LEDGER_CODES = [
  'LEDGER_BUSY',
  'LEDGER_CORRUPT',
  'LEDGER_EMPTY_REPOSITORY',
  'LEDGER_FORBIDDEN',
  'LEDGER_FOREIGN',
  'LEDGER_PROTECTED',
  'LEDGER_PUBLIC',
  'LEDGER_TOO_LARGE',
  'LEDGER_TOO_NEW',
] as const
export type LedgerCode = (typeof LEDGER_CODES)[number]

function where(place: LedgerPlace): string {
  return place.repository === '' ? `branch ${place.branch}` : `branch ${place.branch} of ${place.repository}`
}

/** Too many others wrote at the same time, until the deadline. */
export function busyError(place: LedgerPlace, tries: number, waitedMs: number): UserError {
  return new UserError(
    'LEDGER_BUSY',
    `The ledger on ${where(place)} was changed by others at each of ${tries} tries in ${Math.round(waitedMs / 1000)} s`,
    {
      hint:
        'Run it again: what was recorded is kept, and nothing is done twice. ' +
        'If it happens often, serialise the runs of one subject with `concurrency` and `queue: max`.',
      retryPolicy: 'rerun',
      context: { tries, waitedMs },
    },
  )
}

/** A record that is newer than this reader. */
export function tooNewError(
  place: LedgerPlace,
  path: string,
  { found, known }: { readonly found: unknown; readonly known: number },
): UserError {
  return new UserError(
    'LEDGER_TOO_NEW',
    `${path} on ${where(place)} is of version ${String(found)}; this version of Switchyard knows ${known}`,
    {
      hint: 'Use the newer version of the action that wrote it. Nothing was changed.',
      isOfJob: true,
      context: { path, found: String(found), known },
    },
  )
}

/** The branch belongs to something else: another repository (a fork's copy), another stream, or no ledger at all. */
export function foreignError(place: LedgerPlace, message: string, hint: string): UserError {
  return new UserError('LEDGER_FOREIGN', `${where(place)}: ${message}`, { hint, isOfJob: true })
}

/** What would be written could not be read again: GitHub cuts a blob's text at 512,000 bytes. */
export function tooLargeError(path: string, bytes: number, limit: number): UserError {
  return new UserError('LEDGER_TOO_LARGE', `${path} would have ${bytes} bytes; a record may have ${limit}`, {
    hint: 'Split the command into smaller ones. Nothing was written.',
    context: { path, bytes, limit },
  })
}

/** The token may not read or write there. */
export function forbiddenError(place: LedgerPlace, verb: 'read' | 'write', cause?: unknown): UserError {
  const needed = place.isOnlyRead === true ? 'read' : 'write'
  return new UserError('LEDGER_FORBIDDEN', `The token may not ${verb} the ledger on ${where(place)}`, {
    hint:
      `Add \`contents: ${needed}\` to the job's \`permissions:\`, or give \`ledger-token\` a token with that permission for the repository. ` +
      'GitHub also says this when the repository does not exist.',
    isOfJob: true,
    ...(cause === undefined ? {} : { cause }),
  })
}

/** A ruleset or a branch protection stands in the way. `answer` is GitHub's own words, for a person to read. */
export function protectedError(place: LedgerPlace, answer: string, cause?: unknown): UserError {
  return new UserError('LEDGER_PROTECTED', `GitHub refused a commit on ${where(place)}: ${answer}`, {
    hint: "Exclude `switchyard/**` from the rulesets and branch protections of all branches: the job's own token cannot bypass them.",
    context: { answer },
    isOfJob: true,
    ...(cause === undefined ? {} : { cause }),
  })
}

/** A repository without a commit takes no branch. */
export function emptyRepositoryError(place: LedgerPlace, cause?: unknown): UserError {
  return new UserError('LEDGER_EMPTY_REPOSITORY', `${place.repository} has no commit yet, so it can hold no ledger`, {
    hint: 'Commit a README to it first.',
    isOfJob: true,
    ...(cause === undefined ? {} : { cause }),
  })
}

/** A decider or a caller broke its contract. */
export function bug(message: string, cause?: unknown): InternalError {
  return new InternalError(message, cause === undefined ? {} : { cause })
}

/** A file of the branch that does not parse. Turned into LEDGER_CORRUPT once its last good commit is known. */
export class UnreadableFile extends Error {
  readonly path: string
  readonly line: number
  readonly column: number
  /** True for what can be made anew from the events. */
  readonly isDerived: boolean

  constructor(
    message: string,
    at: { readonly path: string; readonly line: number; readonly column: number; readonly isDerived: boolean },
    cause: unknown,
  ) {
    super(message, { cause })
    this.path = at.path
    this.line = at.line
    this.column = at.column
    this.isDerived = at.isDerived
  }
}
