import { findSafePathFault, UserError } from '@switchyard/core'
import type { PlanSource } from '@switchyard/planning'
import type { Door } from './door.ts'
import { ideaOf } from './observe.ts'
import type { Scene } from './scene.ts'

/** A plan's text, where it came from, and how its places are told. */
export interface PlanText {
  readonly text: string
  readonly source: PlanSource
  /** What faults name as their file. */
  readonly file: string
  /** The line of the file or the issue that the text begins on, from 1. */
  readonly line: number
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
  const known = ideaOf(scene.loaded, scene.observation.subject)?.plan?.source
  const wanted = path ?? (known?.kind === 'file' ? known.path : undefined)
  if (wanted !== undefined) return readFile(door, scene, wanted)
  const { findFormPlan } = await import('@switchyard/planning/plans')
  const form = findFormPlan(scene.observation.conversation.body)
  if (form !== undefined) {
    return { text: form.text, source: { kind: 'issue' }, file: `issue #${scene.issue.number}`, line: form.line }
  }
  throw new UserError('PLAN_MISSING', `The issue #${scene.issue.number} holds no plan, and no file was named.`, {
    hint: 'Name a file (`/plan upload plans/login.md`), or put the plan in a code block below the command.',
  })
}

async function readFile(door: Door, { observation: { control } }: Scene, path: string): Promise<PlanText> {
  const fault = findSafePathFault(path)
  if (fault !== undefined) {
    throw new UserError('REQUEST_INVALID', `“${path}” is not a path of this repository: ${fault}.`, { hint: 'Write it as in `plans/login.md`.' })
  }
  const commit = control.head
  const text = control.files.get(path) ?? (commit === undefined ? undefined : await readAt(door, { path, commit }))
  if (text === undefined || commit === undefined) {
    const why = control.unreadable.get(path)
    throw new UserError('PLAN_NOT_FOUND', why === undefined ? `The default branch has no file ${path}.` : `${path} cannot be read: ${why}.`, {
      hint: 'Check the path, and merge the file first.',
    })
  }
  return { text, source: { kind: 'file', path, commit }, file: path, line: 1 }
}

async function readAt({ github, given: { context } }: Door, wanted: { readonly path: string; readonly commit: string }): Promise<string | undefined> {
  const { readFileAt } = await import('@switchyard/github/operations')
  return readFileAt(github, context.repository, wanted)
}
