import { askersOf, type Outcome } from '@switchyard/action'
import { isRejection, UserError } from '@switchyard/core'
import { matrixDocument, releaseSubject } from '@switchyard/releasing'
import { changesOf } from './answers.ts'
import type { BoundStep } from './bound.ts'
import type { Door } from './door.ts'
import { doBeside, type DoingCommand, isDoing } from './deeds.ts'
import { drawRelease, pictureOf } from './draw-release.ts'
import { findOwn, mayOpenIssues } from './make-board.ts'
import { type FormMode, readForm } from './form.ts'
import { type Observation, observe } from './observe.ts'
import { outcomeOfRejection } from './outcomes.ts'
import { isRecorded, partsFor, type ReleaseGroup } from './requests.ts'
import { createRoles } from '@switchyard/github'
import { readRules } from './rules.ts'
import type { Spec } from './inputs.ts'
import { show, type Shown } from './show.ts'
import { summarise } from './summarise.ts'
import { NO_EFFECTS } from './transact.ts'

export interface FormWish {
  readonly mode: FormMode
  readonly slug: string | undefined
}

/** A command by the inputs of a form: the same rights, rules and records as a comment's. What it shows is on the run's page. */
export async function performForm(door: Door, { mode, slug }: FormWish): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const command = readForm(mode, { ...inputs, release: slug })
  const [roles, askers] = [createRoles(door.github, context.repository), askersOf(context)]
  for (const each of askers) roles.of(each).catch(() => undefined)
  const observation = await observe(door, { slug })
  const rules = await readRules(observation)
  const login = askers.at(-1) ?? context.actor
  const { parts, base } = await partsFor(door, { commands: [command], login, others: askers.slice(0, -1), observation, rules, roles })
  if (isRecorded(command)) {
    const group = { idempotencyKey: keyOf(door, command, slug), actor: { login, kind: 'user' as const }, parts }
    return change(door, { group, slug: base.slug, observation, mayOpen: mayOpenIssues([command]) })
  }
  allow(parts, observation)
  const scene = { ...base, release: observation.release }
  const asked: Shown = { login, rules, roles, one: { scene }, observation, loaded: observation.loaded }
  if (isDoing(command)) return act(door, command, asked)
  const text = await show(door, command, asked)
  if (text === undefined) {
    return summarise({ slug, loaded: observation.loaded, changes: [], refused: [], isDryRun: inputs.dryRun, board: undefined })
  }
  return {
    decision: 'done',
    reasonCode: 'shown',
    headline: `${command.command} is shown on the run’s page.`,
    result: { release: slug ?? null },
    ...(slug !== undefined && { outputs: { release: slug } }),
    summary: `${text}\n`,
  }
}

/** What acts beside the ledger: nothing of the form is recorded, the file's own commit says it. */
async function act(door: Door, command: DoingCommand, asked: Shown): Promise<Outcome<Spec>> {
  const isDryRun = door.given.inputs.dryRun
  const { slug } = asked.observation
  const { text, deeds, refused } = await doBeside(door, command, { ...asked, known: new Map() })
  const [rejected] = refused
  if (rejected !== undefined) return outcomeOfRejection(rejected, { slug, loaded: asked.loaded })
  // What the job's own token pushes starts no workflow.
  if (!isDryRun) await (await import('./sync.ts')).sync(door, { slug })
  const told = { slug, loaded: asked.loaded, changes: [], refused: [], isDryRun, board: undefined }
  return { ...summarise({ ...told, deeds }), summary: `${text}\n` }
}

/** The run itself is what asks: started again, it is answered and not done twice. */
function keyOf({ given: { context } }: Door, { command, arguments: given, flags, block }: BoundStep, slug: string | undefined): string {
  return `form run ${context.repository.id} ${context.run.id} ${context.run.job} ${slug ?? ''} ${command} ${JSON.stringify([given, flags, block?.content ?? null])}`
}

/** @throws {UserError} what stands against it. */
function allow(parts: ReleaseGroup['parts'], { loaded }: Observation): void {
  for (const part of parts) {
    const made = part((subject) => loaded.getState(subject))
    if (isRejection(made)) throw new UserError(made.rejected.code, made.rejected.message, { hint: made.rejected.hint })
  }
}

interface Changing {
  readonly group: ReleaseGroup
  readonly slug: string
  /** Whether it may make the release's issues more. */
  readonly mayOpen: boolean
  readonly observation: Observation
}

/** Carries a group of requests out, or says what it would change; board and check run follow. */
export async function change(door: Door, { group, slug, mayOpen, observation }: Changing): Promise<Outcome<Spec>> {
  const isDryRun = door.given.inputs.dryRun
  const own = !isDryRun && mayOpen ? findOwn(door) : undefined
  own?.catch(() => undefined)
  const done = await door.ledger.performGroups({
    handlers: NO_EFFECTS,
    groups: [{ ...group, isDryRun }],
    subjects: [releaseSubject(slug)],
    documents: [matrixDocument(slug)],
    loaded: observation.loaded,
  })
  const [result] = done.results
  const loaded = isDryRun ? observation.loaded : done.loaded
  if (result?.kind === 'rejected') return outcomeOfRejection(result.rejection, { slug, loaded: observation.loaded })
  const changes = result === undefined ? [] : changesOf(result.events)
  const drawn =
    isDryRun || changes.length === 0
      ? { board: undefined }
      : await drawRelease(door, { slug, loaded, control: observation.control, own, before: pictureOf(observation.loaded, slug) })
  return summarise({ slug, loaded, changes, refused: [], isDryRun, board: drawn.board })
}
