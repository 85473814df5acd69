import { findSafePathFault, isJsonObject, UserError } from '@switchyard/core'
import type { IdeaIssue, PlanSource } from '@switchyard/planning'
import type { Door } from './door.ts'
import { ideaOf } from './observe.ts'
import { findPlansOf } from './pushed-plans.ts'
import type { Scene } from './scene.ts'

/** How many files a refusal names. */
const NAMED = 5

/** A plan's text, where it came from, and how its places are told. */
export interface PlanText {
  readonly text: string
  readonly source: PlanSource
  /** What faults name as their file. */
  readonly file: string
  /** The line of the file or the issue that the text begins on, from 1. */
  readonly line: number
  /** Where a line is shown, of a file. */
  readonly lineUrl?: (line: number) => string
}

export interface PlanWanted {
  readonly path: string | undefined
  /** The code block below the command. */
  readonly block: string | undefined
}

/**
 * The plan that is meant: the block below the command, the file that it names, the file that the plan came from before, or the issue's
 * own text.
 * @throws {UserError} `PLAN_MISSING`, `PLAN_NOT_FOUND`, `REQUEST_INVALID`
 */
export async function readPlanText(door: Door, scene: Scene, { path, block }: PlanWanted): Promise<PlanText> {
  if (block !== undefined && path !== undefined) {
    throw new UserError('REQUEST_INVALID', 'A file and a code block were given.', { hint: 'Give one of them.' })
  }
  if (block !== undefined && scene.comment !== undefined) {
    return { text: block, source: { kind: 'comment', id: scene.comment }, file: 'the code block', line: 1 }
  }
  const written = findWritten(door, scene.issue)
  if (written !== undefined && path === undefined) return readForm(scene, written)
  const known = ideaOf(scene.loaded, scene.observation.subject)?.plan?.source
  const wanted = path ?? (known?.kind === 'file' ? known.path : undefined)
  if (wanted !== undefined) return readFile(door, scene, { path: wanted, isNamed: path !== undefined })
  return readForm(scene, scene.observation.conversation.body)
}

/**
 * The issue's text as whoever caused the event left it, where the event is that the issue was written: what somebody else makes of it
 * before the run reads it is theirs, and has a run of its own.
 */
export function findWritten({ given: { context } }: Door, issue: Pick<IdeaIssue, 'number'>): string | undefined {
  const told = context.eventName === 'issues' && isJsonObject(context.payload) ? context.payload['issue'] : undefined
  const { number, body } = isJsonObject(told) ? told : {}
  return number === issue.number && typeof body === 'string' ? body : undefined
}

async function readForm({ issue: { number } }: Scene, body: string): Promise<PlanText> {
  const { findFormPlan } = await import('@switchyard/planning/plans')
  const form = findFormPlan(body)
  if (form !== undefined) return { text: form.text, source: { kind: 'issue' }, file: `issue #${number}`, line: form.line }
  throw new UserError('PLAN_MISSING', `The issue #${number} holds no plan, and no file was named.`, {
    hint: 'Name a file (`/plan upload plans/login.md`), or put the plan in a code block below the command.',
  })
}

interface FileWanted {
  readonly path: string
  /** Whether whoever asks named it: else it is where the plan came from before. */
  readonly isNamed: boolean
}

async function readFile(door: Door, scene: Scene, { path, isNamed }: FileWanted): Promise<PlanText> {
  const { control } = scene.observation
  const fault = findSafePathFault(path)
  if (fault !== undefined) {
    throw new UserError('REQUEST_INVALID', `“${path}” is not a path of this repository: ${fault}.`, {
      hint: 'Write it as in `plans/login.md`.',
    })
  }
  const commit = control.head
  const known = control.files.get(path)
  const found = known !== undefined || commit === undefined ? { text: known } : await readAt(door, { path, commit })
  if (found === undefined || commit === undefined) {
    if (!isNamed) throw await explainMoved(door, scene, { path, commit })
    throw new UserError('PLAN_NOT_FOUND', `The default branch has no file ${path}.`, { hint: 'Check the path, and merge the file first.' })
  }
  if (found.text === undefined) {
    throw new UserError(
      'PLAN_NOT_FOUND',
      `${path} cannot be read: it is binary, or over the 512,000 bytes that GitHub hands out as text.`,
      {
        hint: 'A plan is text of at most 100,000 characters.',
      },
    )
  }
  const { serverUrl, repository } = door.given.context
  // GitHub shows Markdown drawn, and its lines only when asked for the plain text.
  const lineUrl = (line: number): string => `${serverUrl}/${repository.fullName}/blob/${commit}/${path}?plain=1#L${line}`
  return { text: found.text, source: { kind: 'file', path, commit }, file: path, line: 1, lineUrl }
}

interface Lost {
  readonly path: string
  readonly commit: string | undefined
}

/** Where the plan went is told where it names its idea. */
async function explainMoved(door: Door, { observation, loaded, issue }: Scene, { path, commit }: Lost): Promise<UserError> {
  const command = ideaOf(loaded, observation.subject)?.status === 'PLANNED' ? 'sync' : 'upload'
  const there = commit === undefined ? [] : await findPlansOf(door, { idea: issue.number, commit })
  const [one, ...more] = there.slice(0, NAMED)
  const names = [one, ...more].map((name) => `\`${name}\``).join(', ')
  return new UserError('PLAN_NOT_FOUND', `The plan came from \`${path}\`, which the default branch no longer has.`, {
    hint:
      one === undefined
        ? `Name the file that it stands in now, as in \`/plan ${command} plans/new-name.md\`.`
        : `${names} ${more.length === 0 ? 'names' : 'name'} this idea: say \`/plan ${command} ${one}\`${more.length === 0 ? '' : ', or with another of them'}.`,
  })
}

/** undefined: there is no such file. */
async function readAt(
  { github, given: { context } }: Door,
  { path, commit }: { readonly path: string; readonly commit: string },
): Promise<{ readonly text: string | undefined } | undefined> {
  const { readCommitFiles } = await import('@switchyard/github/operations')
  return (await readCommitFiles(github, context.repository, { commit, files: [path] })).get(path)
}
