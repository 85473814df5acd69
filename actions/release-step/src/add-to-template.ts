import { GitHubError, inlineCode, renderLink, sha256, UserError } from '@switchyard/core'
import { selectRepository } from '@switchyard/github'
import type { PullRequestEnded, RepositoryFacts } from '@switchyard/github/operations'
import type { NewStep } from '@switchyard/releasing/files'
import type { Door } from './door.ts'
import { pathOf, readReleaseFile } from './observe.ts'
import { proposeStep } from './propose-step.ts'

export interface Addition {
  readonly slug: string
  readonly control: RepositoryFacts
  readonly login: string
  /** Names the command for ever: the commit carries it. */
  readonly key: string
  readonly step: Omit<NewStep, 'id'>
  readonly isDryRun: boolean
}

/** How often it is written anew when others push meanwhile. */
const MAX_TRIES = 4
const PAUSE_MS = 500

/**
 * Puts a step into the release's file in the default branch, once: by a commit, or by a pull request where the branch takes none.
 * The push of that file carries it to every customer of the release. Answers in Markdown.
 *
 * @throws {UserError} `UNKNOWN_ANCHOR`, `RELEASE_INVALID`, `RELEASE_NOT_FOUND`, `TEMPLATE_MOVED`, `PULL_REQUEST_NOT_OPENED`
 */
export async function addToTemplate(door: Door, addition: Addition): Promise<string> {
  let { control } = addition
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const answer = await tryToAdd(door, { ...addition, control })
    if (answer !== undefined) return answer
    await door.given.io.sleep(tries * PAUSE_MS)
    control = await readAgain(door, addition)
  }
  throw new UserError('TEMPLATE_MOVED', `${control.defaultBranch ?? 'The default branch'} moved on each time the step was written.`, {
    hint: 'Write the command again.',
  })
}

/** undefined: others have pushed since the file was read. */
async function tryToAdd(door: Door, addition: Addition): Promise<string | undefined> {
  const { control, slug, key } = addition
  const { defaultBranch: branch, head } = control
  const path = pathOf(door, slug)
  if (branch === undefined || head === undefined) throw new UserError('RELEASE_NOT_FOUND', 'The repository has no commit yet.')
  const { repository, serverUrl } = door.given.context
  const operations = await import('@switchyard/github/operations')
  const known = await operations.findCommitWith(door.github, repository, { path, text: trailerOf(key) })
  if (known !== undefined) return `It had been written into ${inlineCode(path)} by ${renderLink(known.sha.slice(0, 7), known.url)}.`
  const { text, id } = await edit(door, addition)
  if (addition.isDryRun) return `${inlineCode(id)} would be written into ${inlineCode(path)}, for every customer of the release.`
  const title = `Add ${id} to ${slug}`
  const message = `${title}\n\nAsked for by ${addition.login}.\n\n${trailerOf(key)}`
  const { tree: base } = await operations.readCommit(door.github, repository, head)
  const tree = await operations.createTree(door.github, repository, { base, files: [{ path, mode: '100644', content: text }] })
  const { sha } = await operations.createCommit(door.github, repository, { message, tree, parents: [head] })
  switch (await push(door, { branch, sha, head })) {
    case 'moved':
      return undefined
    case 'pushed': {
      const commit = renderLink(sha.slice(0, 7), `${serverUrl}/${repository.fullName}/commit/${sha}`)
      return `${inlineCode(id)} was written into ${inlineCode(path)} by ${commit}; its push brings it to every customer of the release.`
    }
    case 'forbidden': {
      const asker = `Asked for by ${inlineCode(addition.login)}. When this is merged, every customer of the release gets the step.`
      const body = `${asker}\n\n${trailerOf(key)}`
      const pull = await proposeStep(door, { base: branch, head: `switchyard/step-${sha256(key).slice(0, 16)}`, sha, title, body })
      return renderPull(pull, { branch, id })
    }
  }
}

function renderPull({ state, number, url }: PullRequestEnded, { branch, id }: { readonly branch: string; readonly id: string }): string {
  const link = renderLink(`pull request ${number}`, url)
  switch (state) {
    case 'open':
      return `${inlineCode(branch)} takes no commits of ours, so ${inlineCode(id)} waits in ${link}; its merge brings it to every customer of the release.`
    case 'merged':
      return `It had been proposed in ${link}, which was merged.`
    case 'closed':
      return `It had been proposed in ${link}, which was closed without a merge. Reopen it, or write the command again.`
  }
}

async function readAgain(door: Door, { slug, control }: Addition): Promise<RepositoryFacts> {
  const { owner, name } = door.given.context.repository
  const wanted = { owner, name, files: [pathOf(door, slug)] }
  const [answer] = await door.github.select([selectRepository('control', wanted)])
  const { parseRepository } = await import('@switchyard/github/operations')
  return parseRepository(answer, wanted) ?? control
}

function trailerOf(key: string): string {
  return `Switchyard-Command: ${sha256(key).slice(0, 40)}`
}

async function edit(door: Door, { slug, control, step }: Addition): Promise<{ readonly text: string; readonly id: string }> {
  const { steps } = await readReleaseFile(door, { control }, slug)
  const path = pathOf(door, slug)
  const { insertStep, parseReleaseFile, stepIdFor } = await import('@switchyard/releasing/files')
  const id = stepIdFor(step.name, new Set(steps.map((each) => each.id)))
  const inserted = insertStep(control.files.get(path) ?? '', { ...step, id })
  if (!inserted.ok) {
    throw new UserError('UNKNOWN_ANCHOR', `${path} has no step ${step.anchor?.step ?? ''} among those of ${step.category}.`, {
      hint: 'Name a step of the file, of the same category.',
    })
  }
  // Contents of files were read and found sound above.
  const parsed = parseReleaseFile(inserted.text, { file: path, slug, readContent: () => ':' })
  if (parsed.ok) return { text: inserted.text, id }
  throw new UserError('RELEASE_INVALID', `With the step, ${path} would have faults: ${parsed.faults[0]?.message ?? ''}`, {
    hint: parsed.faults[0]?.hint ?? 'Change the step.',
  })
}

/** `forbidden`: the branch takes no commits of ours, by its rules or by its protection. */
async function push(
  { github, given: { context } }: Door,
  { branch, sha, head }: { readonly branch: string; readonly sha: string; readonly head: string },
): Promise<'pushed' | 'moved' | 'forbidden'> {
  const { readBranchRules, readRef, updateRef } = await import('@switchyard/github/operations')
  const ref = `refs/heads/${branch}`
  if ((await readBranchRules(github, context.repository, branch))?.includes('pull_request') === true) return 'forbidden'
  try {
    await updateRef(github, context.repository, { ref, sha })
    return 'pushed'
  } catch (error) {
    if (!(error instanceof GitHubError) || (error.status !== 422 && error.status !== 403)) throw error
    const now = await readRef(github, context.repository, ref)
    return now.state === 'at' && now.sha !== head ? 'moved' : 'forbidden'
  }
}
