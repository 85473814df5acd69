import { annotateFault, type Outcome, toFaultResult } from '@switchyard/action'
import { commandName, CONFIG_PATH } from '@switchyard/commands'
import { byPlace, type Fault } from '@switchyard/core'
import { isPlanPath, parsePlansFolder, PLAN_LEVELS, sayRivals } from '@switchyard/planning'
import { renderSummary, type ValidatedFile } from '@switchyard/planning/render'
import { findPlanIdea, type NamedIdea, parsePlan } from '@switchyard/planning/plans'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import type { Spec } from './inputs.ts'
import type { Wish } from './wish.ts'

/** What is looked at, and as of which commit. */
interface Wanted {
  readonly commit: string
  /** undefined: all plans of the folder. */
  readonly plans: readonly string[] | undefined
  /** Whether the rules are looked at, too. */
  readonly hasRules: boolean
  readonly faults: readonly Fault[]
}

/**
 * Checks plans before they are merged: those that a pull request adds or changes, as it has them itself, or all of the folder. Each fault is
 * annotated on its line. Files and rules of people's that are not touched are nobody's fault, but that they name the same idea is a fault of
 * those that are.
 */
export async function validate(door: Door, { pull }: Extract<Wish, { kind: 'mode' }>): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const { planPath } = inputs
  const all = { commit: context.sha, plans: undefined, hasRules: true, faults: [] }
  const seen = pull === undefined ? all : await findTouched(door, pull)
  const wanted = planPath === undefined ? seen : { ...seen, plans: [planPath], hasRules: false }
  const texts = await readTexts(door, wanted)
  const known = [...texts].filter(([path]) => path !== CONFIG_PATH)
  const ideas = new Map(known.map(([path, text]) => [path, text === undefined ? undefined : findPlanIdea(text)]))
  const plans = known.filter(([path]) => wanted.plans?.includes(path) ?? true)
  const missing = planPath === undefined || texts.has(planPath) ? [] : [toFile(planPath, [notThere(planPath)])]
  const files = [...plans.map(([path, text]) => ({ path, result: check(path, { text, ideas }) })), ...missing]
  return judge({ files, rules: wanted.hasRules && texts.has(CONFIG_PATH) ? await checkRules(door, texts.get(CONFIG_PATH)) : [], wanted })
}

/** What a pull request adds or changes, at its own head: what it would be merged with is another's. */
async function findTouched(door: Door, pull: number): Promise<Wanted> {
  const { readPullRequest } = await import('@switchyard/github/operations')
  const { headSha, files, isCut } = await readPullRequest(door.github, door.given.context.repository, pull)
  const touched = files.flatMap(({ path, status }) => (status === 'removed' ? [] : [path]))
  return {
    commit: headSha,
    plans: touched.filter((path) => isPlanPath(path, parsePlansFolder(door.given.inputs))),
    hasRules: touched.includes(CONFIG_PATH),
    faults: isCut ? [TOO_MANY_FILES] : [],
  }
}

const TOO_MANY_FILES: Fault = {
  code: 'too-many-files',
  message: 'GitHub lists 3,000 files of a pull request; plans among the others were not looked at.',
  hint: 'Change the plans in a pull request of their own.',
  severity: 'warning',
}

/** Those that are looked at, and the others of the folder, which may name the same idea. */
async function readTexts(
  { github, given: { context, inputs } }: Door,
  { commit, plans }: Wanted,
): Promise<ReadonlyMap<string, string | undefined>> {
  const { readCommitFiles } = await import('@switchyard/github/operations')
  const folder = parsePlansFolder(inputs)
  const whole = plans?.length === 0 ? {} : { folder, levels: PLAN_LEVELS }
  const found = await readCommitFiles(github, context.repository, { commit, files: [CONFIG_PATH, ...(plans ?? [])], ...whole })
  return new Map(
    [...found].flatMap(([path, { text }]) =>
      path === CONFIG_PATH || plans?.includes(path) || isPlanPath(path, folder) ? [[path, text] as const] : [],
    ),
  )
}

interface Checked {
  readonly text: string | undefined
  /** What every plan of the folder names, by path. */
  readonly ideas: ReadonlyMap<string, NamedIdea | undefined>
}

function check(path: string, { text, ideas }: Checked): ValidatedFile['result'] {
  if (text === undefined) return { ok: false, faults: [unreadable(path, 'A plan has 100,000 characters at most.')] }
  const rivals = findRivals(path, ideas)
  const parsed = parsePlan(text, { file: path })
  if (!parsed.ok) return { ok: false, faults: [...rivals, ...parsed.faults].sort(byPlace) }
  const { plan, warnings } = parsed
  if (rivals.length > 0) return { ok: false, faults: [...rivals, ...warnings].sort(byPlace) }
  const tasks = plan.epic.stories.reduce((sum, story) => sum + story.tasks.length, 0)
  return { ok: true, title: plan.title, stories: plan.epic.stories.length, tasks, warnings }
}

/** Of two files that name one idea, each push would put one in the other's place. */
function findRivals(path: string, ideas: Checked['ideas']): readonly Fault[] {
  const own = ideas.get(path)
  const others = [...ideas].flatMap(([other, named]) => (other !== path && named?.number === own?.number ? [other] : []))
  if (own === undefined || others.length === 0) return []
  return [
    {
      code: 'idea-twice',
      ...sayRivals(path, { idea: own.number, others }),
      place: { file: path, line: own.line, column: 1 },
      severity: 'error',
    },
  ]
}

function toFile(path: string, faults: readonly Fault[]): ValidatedFile {
  return { path, result: { ok: false, faults } }
}

function unreadable(file: string, hint: string): Fault {
  const message = `${file} cannot be read as text: it is binary, or over the 512,000 bytes that GitHub hands out.`
  return { code: 'plan-unreadable', message, hint, place: { file, line: 1, column: 1 }, severity: 'error' }
}

function notThere(file: string): Fault {
  return { code: 'plan-not-found', message: `There is no file ${file}.`, hint: 'Check `plan-path`.', severity: 'error' }
}

async function checkRules({ given: { context } }: Door, text: string | undefined): Promise<readonly ValidatedFile[]> {
  if (text === undefined) return [toFile(CONFIG_PATH, [unreadable(CONFIG_PATH, 'Write it as YAML.')])]
  const { parseSwitchyardConfig } = await import('@switchyard/commands/config')
  const parsed = parseSwitchyardConfig(text, { file: CONFIG_PATH, owner: context.repository.owner, commands: COMMANDS.map(commandName) })
  return parsed.ok ? [] : [toFile(CONFIG_PATH, parsed.faults)]
}

interface Judged {
  readonly files: readonly ValidatedFile[]
  /** The rules, where they have faults. */
  readonly rules: readonly ValidatedFile[]
  readonly wanted: Wanted
}

/** File by file, each from its top to its end. */
function judge({ files, rules, wanted }: Judged): Outcome<Spec> {
  const faults = [...[...files, ...rules].flatMap(({ result }) => (result.ok ? result.warnings : result.faults)), ...wanted.faults]
  const isNothing = files.length === 0 && faults.length === 0
  return {
    decision: faults.some(isError) ? 'failed' : isNothing ? 'nothing-to-do' : 'done',
    reasonCode: faults.some(isError) ? 'plan-faulty' : isNothing ? 'not-for-us' : 'plans-sound',
    headline: isNothing ? 'There is no plan to be checked.' : sayFaults(faults, files.length + rules.length),
    result: { plans: files.length, faults: faults.map(toFaultResult) },
    summary: renderSummary({ kind: 'validate', files, others: rules }),
    annotations: faults.map(annotateFault),
  }
}

function sayFaults(faults: readonly Fault[], count: number): string {
  const errors = faults.filter(isError)
  const [first] = errors
  const files = count === 1 ? '1 file' : `${count} files`
  const warned = faults.length - errors.length
  const told = warned === 0 ? '' : ` and ${warned === 1 ? 'a warning' : `${warned} warnings`}`
  if (first === undefined) return `${files} ${count === 1 ? 'has' : 'have'} no fault${told === '' ? '' : `, but${told.slice(4)}`}.`
  return `There ${errors.length === 1 ? 'is a fault' : `are ${errors.length} faults`}${told} in ${files}: ${first.message}`
}

function isError({ severity }: Fault): boolean {
  return severity === 'error'
}
