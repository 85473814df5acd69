import { askersOf, type Outcome } from '@switchyard/action'
import { type CommandDefinition, decidePermission, getDefinition, type PermissionRule } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import type { GroupRequest } from '@switchyard/ledger'
import { addressOf, type Command, type Customer, customerSubject, releaseSubject, type StepStatus } from '@switchyard/releasing'
import type { MatrixRow } from '@switchyard/releasing/files'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import { pictureOf } from './draw-release.ts'
import { membersOf } from './choose-customers.ts'
import { knownCellsOf } from './matrix-rows.ts'
import { refuseDraft } from './not-begun.ts'
import { type Observation, observe, readInventory } from './observe.ts'
import { change } from './perform-form.ts'
import { createRoles } from '@switchyard/github'
import { readRules } from './rules.ts'
import type { Spec } from './inputs.ts'

/** Takes an existing matrix over from a CSV file of the default branch: all rows in one commit, or none. */
export async function importMatrix(door: Door, slug: string | undefined): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  if (slug === undefined) {
    throw new UserError('REQUEST_INVALID', 'The input `release` is missing.', { hint: 'Name the release that the matrix is of.' })
  }
  const observation = await observe(door, { slug })
  const picture = pictureOf(observation.loaded, slug)
  if (picture === undefined) return refuseDraft(door, observation, slug)
  const rules = await readRules(observation)
  const file = inputs.csvPath
  const { text, sha } = await readCsvFile(door, observation)
  const { parseMatrixCsv } = await import('@switchyard/releasing/files')
  const parsed = parseMatrixCsv(text, { file, ...knownCellsOf(picture.release, picture.matrix) })
  if (!parsed.ok) {
    const [first] = parsed.faults
    throw new UserError(
      'CSV_INVALID',
      `${file} has ${parsed.faults.length === 1 ? 'a fault' : `${parsed.faults.length} faults`}: ${first?.message ?? ''}`,
      { faults: parsed.faults },
    )
  }
  const inventory = await readInventory(door, observation)
  await requireRights(door, { rules, rows: parsed.rows, members: membersOf({ release: picture.release, inventory }) })
  const key = `import run ${context.repository.id} ${context.run.id} ${context.run.job} ${slug} ${sha}`
  return change(door, {
    group: { idempotencyKey: key, actor: { login: context.triggeringActor, kind: 'user' }, parts: [() => requestsOf(parsed.rows, slug)] },
    slug,
    mayOpen: false,
    observation,
  })
}

/** @throws {UserError} `CSV_NOT_FOUND` */
async function readCsvFile(
  { github, given: { inputs, context } }: Door,
  { control }: Observation,
): Promise<{ readonly text: string; readonly sha: string }> {
  const { readBlobText, readCommitFiles } = await import('@switchyard/github/operations')
  const path = inputs.csvPath
  const found =
    control.head === undefined
      ? undefined
      : (await readCommitFiles(github, context.repository, { commit: control.head, files: [path] })).get(path)
  if (found === undefined) {
    throw new UserError('CSV_NOT_FOUND', `There is no ${path} in the default branch of ${context.repository.fullName}.`, {
      hint: 'Merge the file first, or name another by `csv-path`.',
    })
  }
  // Where a letter was lost, the bytes tell whether it was in the file or in the reading of it.
  const isWhole = found.text?.includes('\ufffd') === false
  const text = isWhole ? found.text : await readBlobText(github, context.repository, found.sha)
  if (text === undefined) throw new UserError('CSV_INVALID', `${path} is no text in UTF-8.`, { hint: 'Save it as CSV in UTF-8.' })
  return { text, sha: found.sha }
}

/** Who writes down what others did, and when, has more than the right to do it. */
const IMPORT = {
  family: 'release',
  name: 'import',
  summary: 'Takes a matrix over',
  role: 'maintain',
  atLeast: 'maintain',
} as const satisfies CommandDefinition
const NEEDED = { done: 'step done', skipped: 'step skip', reverted: 'step revert' } as const satisfies Record<
  Exclude<StepStatus, 'pending'>,
  string
>

interface Rights {
  readonly rules: readonly PermissionRule[]
  readonly rows: readonly MatrixRow[]
  readonly members: readonly Customer[]
}

/** @throws {UserError} `NOT_ALLOWED` */
async function requireRights(door: Door, { rules, rows, members }: Rights): Promise<void> {
  const roles = createRoles(door.github, door.given.context.repository)
  for (const login of askersOf(door.given.context)) {
    const actor = await roles.of(login)
    const require = (definition: CommandDefinition, of: readonly MatrixRow[]): void => {
      const concerned = new Set(of.map(addressOf))
      const decided = decidePermission({ rules, definition, members: members.filter((member) => concerned.has(addressOf(member))), actor })
      if (!decided.allowed) throw new UserError('NOT_ALLOWED', decided.message, { hint: decided.hint })
    }
    require(IMPORT, rows)
    for (const status of ['done', 'skipped', 'reverted'] as const) {
      const mine = rows.filter((row) => row.status === status)
      if (mine.length > 0) require(getDefinition(COMMANDS, NEEDED[status]), mine)
    }
  }
}

/** One request for each customer that the matrix names. */
export function requestsOf(rows: readonly MatrixRow[], slug: string): readonly GroupRequest<Command>[] {
  return [...Map.groupBy(rows, addressOf).values()].flatMap(([first, ...more]) => {
    if (first === undefined) return []
    const cells = [first, ...more].map(({ step, status, executedAt, executedBy, reason, notes }) => ({
      step,
      status,
      executed_at: executedAt ?? null,
      executed_by: executedBy ?? null,
      reason: reason ?? null,
      notes: notes ?? null,
    }))
    return [{ subject: customerSubject(slug, first), reads: [releaseSubject(slug)], command: { kind: 'import-cells' as const, cells } }]
  })
}
