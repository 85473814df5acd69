import type { Outcome } from '@switchyard/action'
import { type BootstrapCommand, parseRepositories, REPOSITORIES_DOCUMENT, repositorySubject } from '@switchyard/bootstrapping'
import { type Drift, isUpdateDue, renderDrift } from '@switchyard/bootstrapping/recipe'
import { escapeMarkdown, inlineCode, renderLink, toSwitchyardError } from '@switchyard/core'
import { type CommandRequest, refusePublicLedger } from '@switchyard/ledger'
import { readCatalogue } from './catalogue.ts'
import type { Door } from './door.ts'
import { createHandlers } from './handlers/index.ts'
import type { UpdateFiles } from './handlers/open-update.ts'
import { type Observation, observe } from './observe.ts'
import { recoverOthers } from './recover.ts'
import type { Spec } from './run.ts'
import { compareOne, type Compared } from './compare-one.ts'
import { planUpdate, UPDATE_PERMISSIONS } from './plan-update.ts'
import { createTemplates } from './templates.ts'

/** A repository that could not be looked at, and why. */
interface Unseen {
  readonly repository: string
  readonly message: string
}

/** `drift`: how far made repositories and what they were made from have moved apart. `update`: pull requests that bring them up to date. */
export async function keepUp(door: Door, mode: 'drift' | 'update'): Promise<Outcome<Spec>> {
  const { inputs } = door.given
  const seen = await observe(door, { subjects: inputs.repositories.map(toSubject), documents: [REPOSITORIES_DOCUMENT], files: [inputs.catalogPath] })
  const observation = await recoverOthers(door, seen, { except: undefined })
  const names = inputs.repositories.length > 0 ? inputs.repositories : await readNames(door, observation)
  const today = await readCatalogue(door, observation.control)
  const templates = createTemplates(door)
  const compared: Compared[] = []
  const unseen: Unseen[] = []
  for (const repository of names) {
    try {
      compared.push(await compareOne(door, { repository, today, templates }))
    } catch (error) {
      // One repository that cannot be read keeps none of the others waiting.
      unseen.push({ repository, message: toSwitchyardError(error).message })
    }
  }
  for (const { repository, message } of unseen) door.given.io.annotate({ level: 'warning', message: `${repository} could not be compared: ${message}` })
  return mode === 'drift' ? reportDrift(compared, unseen) : update(door, { observation, names, compared, unseen })
}

function toSubject(fullName: string): string {
  const [owner = '', name = ''] = fullName.split('/')
  return repositorySubject(owner, name)
}

/** Every repository that the ledger knows to have been made. */
async function readNames({ ledger }: Door, { loaded }: Observation): Promise<readonly string[]> {
  const open = parseRepositories(loaded.findDocument(REPOSITORIES_DOCUMENT))
  if (open.pages === 0) return open.entries.map(([, name]) => name)
  const documents = Array.from({ length: open.pages }, (_, at) => `${REPOSITORIES_DOCUMENT}/${at + 1}`)
  const closed = await ledger.load({ subjects: [], idempotencyKeys: [], documents })
  const entries = [...documents.flatMap((name) => parseRepositories(closed.findDocument(name)).entries), ...open.entries]
  return [...new Map(entries).values()]
}

function reportDrift(compared: readonly Compared[], unseen: readonly Unseen[]): Outcome<Spec> {
  const drifts = compared.map(({ drift }) => drift)
  const found = drifts.filter((drift) => isUpdateDue(drift) || drift.files.length > 0)
  return {
    decision: 'done',
    reasonCode: found.length > 0 ? 'drift-found' : 'no-drift',
    headline: `${found.length} of ${drifts.length} repositories have moved away from what they were made from${unseen.length === 0 ? '.' : `; ${unseen.length} could not be compared.`}`,
    result: { repositories: drifts.map(toResult), not_compared: unseen.map(({ repository, message }) => ({ repository, message })) },
    summary: `${renderDrift(drifts)}${renderUnseen(unseen)}`,
  }
}

function toResult({ repository, files, template, isCatalogueNewer, isRecipeNewer }: Drift) {
  return {
    repository,
    template: template === null ? null : { from: template.from, to: template.to },
    catalogue_newer: isCatalogueNewer,
    recipe_newer: isRecipeNewer,
    changed_files: files.length,
  }
}

function renderUnseen(unseen: readonly Unseen[]): string {
  if (unseen.length === 0) return ''
  return `\n### Not compared\n\n${unseen.map(({ repository, message }) => `- ${inlineCode(repository)}: ${escapeMarkdown(message)}`).join('\n')}\n`
}

interface Updating {
  readonly observation: Observation
  readonly names: readonly string[]
  readonly compared: readonly Compared[]
  readonly unseen: readonly Unseen[]
}

async function update(door: Door, { observation, names, compared, unseen }: Updating): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const due = compared.filter(({ drift }) => isUpdateDue(drift))
  refusePublicLedger({
    place: { repository: inputs.ledgerRepository ?? context.repository.fullName, branch: inputs.ledgerBranch },
    isLedgerPublic: observation.loaded.isPublic,
    privateTargets: due.flatMap(({ visibility, fullName }) => (visibility === 'public' ? [] : [fullName])),
    isAllowed: inputs.allowPublicLedger,
  })
  const planned = await Promise.all(due.map(planUpdate))
  const files = new Map<string, UpdateFiles>(planned.map(({ command, files: changed }) => [command.update_id, changed]))
  const requests = planned.map(({ command }): CommandRequest<BootstrapCommand> => ({
    subject: toSubject(command.repository),
    idempotencyKey: `update ${command.update_id} run ${context.repository.id} ${context.run.id} ${context.run.attempt}`,
    command,
  }))
  if (requests.length === 0) return { ...reportDrift(compared, unseen), reasonCode: 'no-drift', headline: `None of ${names.length} repositories is behind.` }
  const performed = await door.ledger.perform({ handlers: createHandlers(door, { permissions: UPDATE_PERMISSIONS, updates: files }), requests, maxParallel: 4 })
  for (const { intent, error } of performed.failures) door.given.io.annotate({ level: 'warning', message: `${intent.effect.kind} stays open: ${error.message}` })
  const pulls = planned.map(({ command, conflicts }) => ({ repository: command.repository, conflicts, state: performed.loaded.getState(toSubject(command.repository)).updates[command.update_id] }))
  const isFailed = performed.failures.length > 0 || pulls.some(({ state }) => state?.status !== 'opened')
  const lines = pulls.map(({ repository, conflicts, state }) => `- ${inlineCode(repository)}: ${state?.url ? renderLink(`#${state.number ?? 0}`, state.url) : 'could not be opened'}${conflicts === 0 ? '' : `, **${conflicts} conflicts**`}`)
  return {
    decision: isFailed ? 'failed' : 'done',
    reasonCode: 'updates-opened',
    headline: `${pulls.filter(({ state }) => state?.status === 'opened').length} of ${pulls.length} update pull requests are open.`,
    result: { pull_requests: pulls.map(({ repository, conflicts, state }) => ({ repository, conflicts, url: state?.url ?? null })) },
    outputs: { 'pull-requests': pulls.flatMap(({ state }) => state?.url ?? []) },
    summary: `### Updates\n\n${lines.join('\n')}\n\n${renderDrift(compared.map(({ drift }) => drift))}${renderUnseen(unseen)}`,
  }
}
