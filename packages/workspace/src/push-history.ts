import { UserError } from '@switchyard/core'
import { nameOf, sendToGit } from './git-request.ts'
import type { History } from './history.ts'
import type { GitRemote } from './http-exchange.ts'
import { FLUSH, notGit, parsePackets, renderPacket, splitBands, toLine } from './packet-lines.ts'
import { renderPack } from './pack.ts'
import { probeRefs, type RefListing } from './probe-refs.ts'

export interface PushRequest extends GitRemote {
  readonly history: History
  /** Its short name: `main`. */
  readonly branch: string
  /** What `probeRefs` has just said, so that it is not asked again. */
  readonly listing?: RefListing
}

export interface PushOutcome {
  /** `already-there`: the branch was at this very commit before, by an earlier push. */
  readonly outcome: 'pushed' | 'already-there'
  readonly commit: string
}

const NOTHING = '0'.repeat(40)

/**
 * Pushes a history to a branch that must not exist: two requests, or one with a listing. The server makes the branch only
 * if it is still absent, whatever happened in between.
 *
 * @throws {UserError} `PUSH_BRANCH_TAKEN` (at another commit), `PUSH_WORKFLOWS_FORBIDDEN` or `PUSH_REJECTED` (by a rule; the
 * server's words stand in `context`). Nothing was pushed then.
 * @throws {GitHubError} for all else. Where it is ambiguous, `probeRefs` tells whether the branch is there.
 */
export async function pushHistory(request: PushRequest): Promise<PushOutcome> {
  const { history, branch } = request
  const { commit } = history
  const ref = `refs/heads/${branch}`
  const listing = request.listing?.service === 'git-receive-pack' ? request.listing : await probeRefs(request)
  if (isThere(request, listing)) return { outcome: 'already-there', commit }
  const body = Buffer.concat([renderPacket(renderCommand({ commit, ref }, listing)), FLUSH, renderPack(history.objects)])
  const answer = await sendToGit(request, { method: 'POST', service: 'git-receive-pack', body })
  const report = readReport(answer.body, { ref, hasBands: listing.capabilities.has('side-band-64k') })
  if (report === 'ok') return { outcome: 'pushed', commit }
  // Somebody else may have been faster: told by the branch, since words may change.
  if (isThere(request, await probeRefs(request))) return { outcome: 'already-there', commit }
  throw toRejection(request, report)
}

/** @throws {UserError} `PUSH_BRANCH_TAKEN` */
function isThere({ url, branch, history }: PushRequest, { refs }: RefListing): boolean {
  const found = refs.get(`refs/heads/${branch}`)
  if (found === undefined || found === history.commit) return found !== undefined
  throw new UserError('PUSH_BRANCH_TAKEN', `${nameOf(url)} has a branch ${branch} with other content`, {
    hint: 'Choose another name, or look at what the repository holds.',
    context: { repository: nameOf(url), branch, commit: found },
  })
}

/** Source: git-scm.com/docs/gitprotocol-pack, "Reference Update Request and Packfile Transfer". */
function renderCommand({ commit, ref }: { readonly commit: string; readonly ref: string }, { capabilities }: RefListing): string {
  const wanted = ['report-status', 'side-band-64k'].filter((name) => capabilities.has(name))
  return `${NOTHING} ${commit} ${ref}\0 ${[...wanted, 'agent=git/switchyard'].join(' ')}`
}

interface Rejection {
  readonly reason: string
  readonly details: readonly string[]
}

/** Source: git-scm.com/docs/gitprotocol-pack, "Report Status". */
function readReport(body: Uint8Array, { ref, hasBands }: { readonly ref: string; readonly hasBands: boolean }): 'ok' | Rejection {
  const bands = hasBands ? splitBands(parsePackets(body)) : { data: body, messages: [], fatal: undefined }
  const lines = parsePackets(bands.data)
    .filter((packet) => packet !== undefined)
    .map(toLine)
  if (lines.includes('unpack ok') && lines.includes(`ok ${ref}`)) return 'ok'
  const refused = lines.find((line) => line.startsWith(`ng ${ref} `))?.slice(`ng ${ref} `.length)
  const unpacked = lines.find((line) => line.startsWith('unpack ') && line !== 'unpack ok')
  const reason = refused ?? unpacked ?? bands.fatal
  if (reason === undefined) throw notGit()
  return { reason, details: bands.messages }
}

function toRejection({ url, history }: PushRequest, { reason, details }: Rejection): UserError {
  const context = { repository: nameOf(url), reason: reason.slice(0, 500), details: details.slice(0, 20).map((line) => line.slice(0, 500)) }
  // The protocol gives a rejection words and no code; only a history with workflow files can be refused for them.
  if (history.hasWorkflows && /^refusing to allow\b/.test(reason)) {
    return new UserError('PUSH_WORKFLOWS_FORBIDDEN', `${nameOf(url)}: the token may not write .github/workflows/`, {
      hint: 'Use an App with the permission "Workflows: write" or a token with the scope "workflow"; GITHUB_TOKEN can never have it.',
      context,
    })
  }
  return new UserError('PUSH_REJECTED', `${nameOf(url)} rejected the push: ${context.reason}`, {
    hint: 'Rules of the repository or its owner stand against it; what they say is listed with this error.',
    context,
  })
}
