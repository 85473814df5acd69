import { GitHubError, inlineCode, renderLink, sha256, UserError } from '@switchyard/core'
import type { RepositoryFacts } from '@switchyard/github/operations'
import type { NewStep } from '@switchyard/releasing/files'
import type { Door } from './door.ts'
import { pathOf, readReleaseFile } from './observe.ts'

export interface Addition {
  readonly slug: string
  readonly control: RepositoryFacts
  readonly login: string
  /** Names the command for ever: the commit carries it. */
  readonly key: string
  readonly step: Omit<NewStep, 'id'>
  readonly isDryRun: boolean
}

/**
 * Puts a step into the release's file in the default branch, once: by a commit, or by a pull request where the branch takes none.
 * The push of that file carries it to every customer of the release. Answers in Markdown.
 *
 * @throws {UserError} `UNKNOWN_ANCHOR`, `RELEASE_INVALID`, `RELEASE_NOT_FOUND`, `TEMPLATE_MOVED`
 */
export async function addToTemplate(door: Door, addition: Addition): Promise<string> {
  const { control, slug, key } = addition
  const { defaultBranch: branch, head } = control
  const path = pathOf(door, slug)
  if (branch === undefined || head === undefined) {
    throw new UserError('RELEASE_NOT_FOUND', 'The repository has no commit yet.', { hint: 'Commit the release’s file first.' })
  }
  const { repository } = door.given.context
  const operations = await import('@switchyard/github/operations')
  const known = await operations.findCommitWith(door.github, repository, { path, text: trailerOf(key) })
  if (known !== undefined) return `It had been written into ${inlineCode(path)} by ${renderLink(known.sha.slice(0, 7), known.url)}.`
  const { text, id } = await edit(door, addition)
  if (addition.isDryRun) return `${inlineCode(id)} would be written into ${inlineCode(path)}, for every customer of the release.`
  const message = `Add ${id} to ${slug}\n\nAsked for by ${addition.login}.\n\n${trailerOf(key)}`
  const { tree: base } = await operations.readCommit(door.github, repository, head)
  const tree = await operations.createTree(door.github, repository, { base, files: [{ path, mode: '100644', content: text }] })
  const { sha } = await operations.createCommit(door.github, repository, { message, tree, parents: [head] })
  const commit = `${door.given.context.serverUrl}/${repository.fullName}/commit/${sha}`
  if (await push(door, { branch, sha, head })) {
    return `${inlineCode(id)} was written into ${inlineCode(path)} by ${renderLink(sha.slice(0, 7), commit)}; its push brings it to every customer of the release.`
  }
  const pull = await propose(door, {
    branch,
    sha,
    key,
    title: `Add ${id} to ${slug}`,
    body: `Asked for by ${inlineCode(addition.login)}. When this is merged, every customer of the release gets the step.`,
  })
  return `${inlineCode(branch)} takes no commits of ours, so ${inlineCode(id)} waits in ${renderLink(`#${pull.number}`, pull.url)}; its merge brings it to every customer of the release.`
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
      hint: 'Name a step of the file, of the same category; one of a customer’s own is not in it.',
    })
  }
  // Contents of files were read and found sound above.
  const parsed = parseReleaseFile(inserted.text, { file: path, slug, readContent: () => ':' })
  if (parsed.ok) return { text: inserted.text, id }
  throw new UserError('RELEASE_INVALID', `With the step, ${path} would have faults: ${parsed.faults[0]?.message ?? ''}`, {
    hint: parsed.faults[0]?.hint ?? 'Change the step.',
  })
}

/** False: rules of the branch forbid it. @throws {UserError} `TEMPLATE_MOVED` */
async function push(
  { github, given: { context } }: Door,
  { branch, sha, head }: { readonly branch: string; readonly sha: string; readonly head: string },
): Promise<boolean> {
  const { readBranchRules, readRef, updateRef } = await import('@switchyard/github/operations')
  const ref = `refs/heads/${branch}`
  if ((await readBranchRules(github, context.repository, branch))?.includes('pull_request') === true) return false
  try {
    await updateRef(github, context.repository, { ref, sha })
    return true
  } catch (error) {
    if (!(error instanceof GitHubError) || (error.status !== 422 && error.status !== 403)) throw error
    const now = await readRef(github, context.repository, ref)
    if (now.state !== 'at' || now.sha === head) return false
    throw new UserError('TEMPLATE_MOVED', `${branch} moved on while the step was written.`, {
      hint: 'Write the command again.',
      cause: error,
    })
  }
}

interface Proposal {
  readonly branch: string
  readonly sha: string
  readonly key: string
  readonly title: string
  readonly body: string
}

/** The branch is named after the command: whoever was killed behind it goes on from it. */
async function propose(
  { github, given: { context } }: Door,
  { branch, sha, key, title, body }: Proposal,
): Promise<{ readonly number: number; readonly url: string }> {
  const { createPullRequest, createRef, findOpenPullRequest } = await import('@switchyard/github/operations')
  const head = `switchyard/step-${sha256(key).slice(0, 16)}`
  await createRef(github, context.repository, { ref: `refs/heads/${head}`, sha })
  const open = await findOpenPullRequest(github, context.repository, { head, base: branch })
  return open ?? createPullRequest(github, context.repository, { title, body, head, base: branch })
}
