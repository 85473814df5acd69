import type { Outcome } from '@switchyard/action'
import { commandName } from '@switchyard/commands'
import { byPlace, type Fault, isJsonObject } from '@switchyard/core'
import { renderSummary, type ValidatedFile } from '@switchyard/planning/render'
import { parsePlan } from '@switchyard/planning/plans'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import type { Spec } from './inputs.ts'
import { CONFIG_PATH } from './observe.ts'
import { toAnnotation, toResult } from './read-plan.ts'
import { isPlanPath, type Wish } from './wish.ts'

/** Checks plans before they are merged: those that a pull request touches, or all of the folder. Each fault is annotated on its line. */
export async function validate(door: Door, { pull }: Extract<Wish, { kind: 'mode' }>): Promise<Outcome<Spec>> {
  const { inputs } = door.given
  const touched = inputs.planPath === undefined ? await findTouched(door, pull) : [inputs.planPath]
  const texts = await readTexts(door, touched)
  const plans = [...texts].filter(([path]) => path !== CONFIG_PATH)
  const files = plans.map(([path, text]) => ({ path, result: check(path, text) }))
  const faults = files.flatMap(({ result }) => (result.ok ? result.warnings : result.faults))
  const missing = touched?.filter((path) => !texts.has(path)) ?? []
  return judge([...faults, ...(inputs.planPath === undefined ? [] : missing.map(notThere)), ...(await configFaults(door, texts.get(CONFIG_PATH)))].sort(byPlace), files)
}

/** Plans that a pull request adds or changes; undefined: there is none, so that all of the folder are meant. */
async function findTouched(door: Door, pull: number | undefined): Promise<readonly string[] | undefined> {
  if (pull === undefined) return undefined
  const { readPullRequest } = await import('@switchyard/github/operations')
  const { files } = await readPullRequest(door.github, door.given.context.repository, pull)
  return files.flatMap(({ path }) => (isPlanPath(path, door.given.inputs.plansPath) ? [path] : []))
}

/** As the commit has them that the run is for: of a pull request what it would be when merged. */
async function readTexts({ github, given: { context, inputs } }: Door, files: readonly string[] | undefined): Promise<ReadonlyMap<string, string | undefined>> {
  const { readCommitFiles } = await import('@switchyard/github/operations')
  const folder = inputs.plansPath.replace(/\/+$/, '')
  const wanted = files === undefined ? { files: [CONFIG_PATH], folder } : { files: [CONFIG_PATH, ...files] }
  const found = await readCommitFiles(github, context.repository, { commit: headOf(context.payload) ?? context.sha, ...wanted })
  return new Map([...found].flatMap(([path, { text }]) => (path === CONFIG_PATH || files?.includes(path) || isPlanPath(path, folder) ? [[path, text] as const] : [])))
}

/** A pull request that conflicts with its base has no merge commit: its own head is read. */
function headOf(payload: unknown): string | undefined {
  const pull = isJsonObject(payload) ? payload['pull_request'] : undefined
  const head = isJsonObject(pull) ? pull['head'] : undefined
  return isJsonObject(head) && typeof head['sha'] === 'string' ? head['sha'] : undefined
}

function check(path: string, text: string | undefined): ValidatedFile['result'] {
  if (text === undefined) return { ok: false, faults: [unreadable(path)] }
  const parsed = parsePlan(text, { file: path })
  if (!parsed.ok) return parsed
  const { plan, warnings } = parsed
  const tasks = plan.epic.stories.reduce((sum, story) => sum + story.tasks.length, 0)
  return { ok: true, title: plan.title, stories: plan.epic.stories.length, tasks, warnings }
}

function unreadable(file: string): Fault {
  const message = `${file} cannot be read as text: it is binary, or over the 512,000 bytes that GitHub hands out.`
  return { code: 'plan-unreadable', message, hint: 'A plan has 100,000 characters at most.', place: { file, line: 1, column: 1 }, severity: 'error' }
}

function notThere(file: string): Fault {
  return { code: 'plan-not-found', message: `There is no file ${file}.`, hint: 'Check `plan-path`.', severity: 'error' }
}

async function configFaults({ given: { context } }: Door, text: string | undefined): Promise<readonly Fault[]> {
  if (text === undefined) return []
  const { parseSwitchyardConfig } = await import('@switchyard/commands/config')
  const parsed = parseSwitchyardConfig(text, { file: CONFIG_PATH, owner: context.repository.owner, commands: COMMANDS.map(commandName) })
  return parsed.ok ? [] : parsed.faults
}

function judge(faults: readonly Fault[], files: readonly ValidatedFile[]): Outcome<Spec> {
  const count = files.length
  const errors = faults.filter(({ severity }) => severity === 'error')
  const [first] = errors
  const plans = count === 1 ? '1 plan' : `${count} plans`
  const warned = faults.length - errors.length
  const told = warned === 0 ? '' : ` and ${warned === 1 ? 'a warning' : `${warned} warnings`}`
  return {
    decision: first === undefined ? (count === 0 ? 'nothing-to-do' : 'done') : 'failed',
    reasonCode: first !== undefined ? 'plan-faulty' : count === 0 ? 'not-for-us' : 'plans-sound',
    headline:
      first !== undefined
        ? `There ${errors.length === 1 ? 'is a fault' : `are ${errors.length} faults`}${told} in ${plans}: ${first.message}`
        : count === 0
          ? 'There is no plan to be checked.'
          : `${plans} ${count === 1 ? 'has' : 'have'} no fault${told}.`,
    result: { plans: count, faults: faults.map(toResult) },
    summary: renderSummary({ kind: 'validate', files }),
    annotations: faults.map(toAnnotation),
  }
}
