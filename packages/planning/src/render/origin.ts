import { clipCode } from '@switchyard/core'
import type { PlanSource } from '../idea/command.ts'
import { linkTo } from './links.ts'
import { MAX_PATH } from './limits.ts'
import { renderLogin, renderSource, type Site } from './site.ts'

/** What somebody wrote without saying a command. */
export interface Origin {
  readonly by: string
  /** The file and the commit that was pushed; undefined: it is the issue's own text. */
  readonly pushed: { readonly path: string; readonly commit: string } | undefined
}

/** What is told of, and whose doing it is: above an answer that nobody asked for. */
export function renderOrigin({ by, pushed }: Origin, { server, repository }: Pick<Site, 'server' | 'repository'>): string {
  if (pushed === undefined) return `The plan in this issue’s text, as **${renderLogin(by)}** left it:`
  const { path, commit } = pushed
  const link = linkTo(commit.slice(0, 7), `${server}/${repository}/commit/${commit}`)
  return `${clipCode(path, MAX_PATH)}, as **${renderLogin(by)}** pushed it with ${link}:`
}

export interface WaitingInput extends Waiter {
  /** The command that takes it. */
  readonly command: string
  /** Whether the plan goes below the command. */
  readonly needsBlock: boolean
}

/** Who brought a plan and may not have it taken. */
export interface Waiter {
  readonly by: string
  /** Whether the idea is theirs: in a public repository that is not enough for everything. */
  readonly isOwner: boolean
}

/** Whom a difference waits for. */
export function renderApplier({ by, isOwner }: Waiter): string {
  return `**${renderLogin(by)}** may not apply it; ${whoMay(isOwner)} may.`
}

function whoMay(isOwner: boolean): string {
  return isOwner ? 'a maintainer' : 'the idea’s owner or a maintainer'
}

/** How a plan is taken that came from somebody who may not have it taken. */
export function renderWaiting({ by, isOwner, command, needsBlock }: WaitingInput): string {
  const block = needsBlock ? ', with the plan in a code block below it' : ''
  const what = `To take it, ${whoMay(isOwner)} comments ${clipCode(command, MAX_PATH + 100)}${block}`
  return `**It waits:** **${renderLogin(by)}** may not change this idea. ${what}.`
}

/** That a plan is not from where the saved one came from: above what it would change. */
export function renderOtherPlace({ saved, read }: { readonly saved: PlanSource; readonly read: PlanSource }, site: Site): string {
  return `This plan is from ${renderSource(read, site)}; the saved one came from ${renderSource(saved, site)}.`
}

/** That the same plan is read from another place from now on. */
export function renderFollowed(source: PlanSource, site: Site): string {
  return `The plan is the saved one, and is read from ${renderSource(source, site)} from now on.`
}
