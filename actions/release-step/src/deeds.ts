import { escapeMarkdown, GitHubError, joinSentences, type Rejection, UserError } from '@switchyard/core'
import type { StartedRun } from '@switchyard/github/operations'
import { addressOf, type Customer, customerSubject } from '@switchyard/releasing'
import type { BoundStep } from './bound.ts'
import { chooseIn } from './choose-customers.ts'
import type { Door } from './door.ts'
import { toAnchor } from './expand.ts'
import { requireActive } from './rejections.ts'
import type { Scene } from './scene.ts'
import { requirePicture, type Shown } from './show.ts'
import type { Start } from './start-runs.ts'

/** What a command did that stands in no ledger's event of its own. */
export interface Deed {
  readonly reasonCode: 'run-started' | 'commanded' | 'dry-run'
  readonly headline: string
}

export interface Done {
  /** Markdown. */
  readonly text: string
  readonly deeds: readonly Deed[]
  readonly refused: readonly Rejection['rejected'][]
}

type RunCommand = Extract<BoundStep, { command: 'step run' }>
type AddCommand = Extract<BoundStep, { command: 'step add' }>
export type DoingCommand = RunCommand | AddCommand

/** Commands that act beside the ledger: they start runs, or write into the default branch. */
export function isDoing(command: BoundStep): command is DoingCommand {
  return command.command === 'step run' || (command.command === 'step add' && command.flags.template)
}

/** By correlation: the same asked twice in one comment is started once. */
export type KnownRuns = Map<string, StartedRun | undefined>

/**
 * Carries such a command out. What GitHub refuses is told to whoever asked, as what the rules refuse: a run that ended without an
 * answer would be tried again by every command after it.
 */
export async function doBeside(
  door: Door,
  command: DoingCommand,
  { known, ...asked }: Shown & { readonly known: KnownRuns },
): Promise<Done> {
  try {
    return await (command.command === 'step run' ? run(door, command, { known, ...asked }) : addToFile(door, command, asked))
  } catch (error) {
    if (!(error instanceof UserError || error instanceof GitHubError)) throw error
    // Where the ledger cannot be written, no command can be: the step fails.
    if (error instanceof UserError && error.isOfJob) throw error
    const { code, message, hint = '' } = error
    return { text: joinSentences(escapeMarkdown(message), escapeMarkdown(hint)), deeds: [], refused: [{ code, message, hint }] }
  }
}

async function run(
  door: Door,
  { arguments: { step, customers } }: RunCommand,
  { known, ...asked }: Shown & { readonly known: KnownRuns },
): Promise<Done> {
  const { slug, scene } = sceneOf(asked)
  const { observation, login, one } = asked
  const { comment, isDryRun = door.given.inputs.dryRun } = one
  const { issue } = observation
  const source = comment === undefined || issue === undefined ? undefined : { comment: comment.id, issue, createdAt: comment.createdAt }
  const { renderStarts, startRuns } = await import('./start-runs.ts')
  const starts = await startRuns(door, {
    slug,
    step,
    customers: askedFor({ step, customers: chooseIn(customers, scene) }, asked),
    observation,
    login,
    asked: source,
    known,
    isDryRun,
  })
  return {
    text: renderStarts(step, starts),
    deeds: deedsOf(step, starts),
    refused: starts.flatMap(({ ended }) => {
      if (!('error' in ended)) return []
      const { code, message, hint = '' } = ended.error
      return [{ code, message, hint }]
    }),
  }
}

function deedsOf(step: string, starts: readonly Start[]): readonly Deed[] {
  const [isDryRun, begun] = [starts.some(({ ended }) => 'planned' in ended), starts.filter(({ ended }) => !('error' in ended))]
  const [first] = begun
  if (first === undefined) return []
  const [what, verb] =
    begun.length === 1 ? [`A run of ${step} for ${addressOf(first.customer)}`, 'was'] : [`${begun.length} runs of ${step}`, 'were']
  return [
    isDryRun
      ? { reasonCode: 'dry-run', headline: `${what} would be started; nothing has changed.` }
      : { reasonCode: 'run-started', headline: `${what} ${verb} started.` },
  ]
}

/** Those for whom the ledger has it that somebody asked: others may have joined since. */
function askedFor(
  { step, customers }: { readonly step: string; readonly customers: readonly Customer[] },
  { one: { scene, events } }: Shown,
): readonly Customer[] {
  if (events === undefined || scene === undefined) return customers
  const asked = new Set(
    events.flatMap((event) => (event.type === 'release.step-run-asked' && event.data.step === step ? [event.subject] : [])),
  )
  return customers.filter((customer) => asked.has(customerSubject(scene.slug, customer)))
}

async function addToFile(
  door: Door,
  { arguments: { category, type, name }, block: { content }, flags }: AddCommand,
  asked: Shown,
): Promise<Done> {
  const { slug } = sceneOf(asked)
  const { comment, isDryRun = door.given.inputs.dryRun } = asked.one
  const { context } = door.given
  const source =
    comment === undefined
      ? `run-${context.repository.id}-${context.run.id}-${context.run.job}`
      : `comment-${context.repository.id}-${comment.id}`
  const { addToTemplate } = await import('./add-to-template.ts')
  const text = await addToTemplate(door, {
    slug,
    control: asked.observation.control,
    login: asked.login,
    // The same asked twice in one comment is one step.
    key: `${source} ${JSON.stringify([category, type, name, content])}`,
    step: { category, type, name, content, anchor: toAnchor(flags) },
    isDryRun,
  })
  return { text, deeds: isDryRun ? [] : [{ reasonCode: 'commanded', headline: `The file of ${slug} was given a step.` }], refused: [] }
}

function sceneOf(asked: Shown): { readonly slug: string; readonly scene: Scene } {
  const { release } = requirePicture(asked)
  requireActive(release, release.slug)
  if (asked.one.scene === undefined) throw new RangeError('What is asked for was understood')
  return { slug: release.slug, scene: asked.one.scene }
}
