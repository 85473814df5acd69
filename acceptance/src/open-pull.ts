import type { JsonObject } from '@switchyard/core'
import { sendTo } from './acts.ts'
import { MAINTAINER } from './names.ts'
import { type PlanStage, SHELF } from './plan-stage.ts'

export interface NewPull {
  readonly branch: string
  /** Texts by path; null removes. */
  readonly files: Readonly<Record<string, string | null>>
  readonly body?: string
}

export interface OpenPull {
  readonly number: number
  /** Of the event that it is opened. */
  readonly payload: JsonObject
}

/** A branch off the default one with these changes, and a pull request from it. */
export async function openPull({ github, tokenOf }: Pick<PlanStage, 'github' | 'tokenOf'>, wanted: NewPull): Promise<OpenPull> {
  const { branch, files, body = '' } = wanted
  const token = tokenOf(MAINTAINER)
  const sha = (await github.world.git(SHELF).readRef('refs/heads/main')) ?? ''
  await sendTo(github, token, { method: 'POST', path: `/repos/${SHELF}/git/refs`, body: { ref: `refs/heads/${branch}`, sha } })
  await github.world.commit({ repository: SHELF, branch, files, message: branch })
  const asked = { title: branch, head: branch, base: 'main', body }
  const pull = (await sendTo(github, token, { method: 'POST', path: `/repos/${SHELF}/pulls`, body: asked })) as JsonObject
  return { number: Number(pull['number']), payload: { action: 'opened', number: pull['number'] ?? 0, pull_request: pull } }
}
