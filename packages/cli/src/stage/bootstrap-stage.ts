import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FilledForm, fillIssueForm, type FormAnswers } from './fill-issue-form.ts'
import { createLiveStage, type LiveStage, type LiveStageOptions } from './live-stage.ts'

export const CONTROL = 'acme/control'
export const TEMPLATE = 'acme/nextjs-template'

/** The bootstrap example as it stands on GitHub when its README's set-up is done: the template at its first tag, the label made. */
export function createBootstrapStage(options: Pick<LiveStageOptions, 'github' | 'runner'> = {}): Promise<LiveStage> {
  return createLiveStage('bootstrap', {
    ...options,
    plan: 'team', // protects branches of private repositories
    repositories: ['control', 'nextjs-template'],
    async prepare({ maintainer }) {
      await maintainer.tag(TEMPLATE, 'v1.0.0')
      await maintainer.request('POST', `/repos/${CONTROL}/labels`, { name: 'bootstrap', color: '0969da' })
    },
  })
}

/** The issue that the example's form makes. */
export async function fillBootstrapForm({ folder }: LiveStage, answers: FormAnswers): Promise<FilledForm> {
  const text = await readFile(join(folder, 'control/.github/ISSUE_TEMPLATE/new-repository.yml'), 'utf8')
  const filled = fillIssueForm(text, answers)
  return { ...filled, title: `${filled.title}${String(answers['Repository name'])}` }
}

/** The template moves on: `template-next` is laid over it, what `removed.txt` names is deleted, and it gets its next tag. */
export async function releaseNextTemplate({ folder, maintainer }: LiveStage): Promise<void> {
  const next = join(folder, 'template-next')
  const files: Record<string, Buffer | null> = {}
  for (const entry of await readdir(next, { withFileTypes: true, recursive: true })) {
    const full = join(entry.parentPath, entry.name)
    if (entry.isFile()) files[full.slice(next.length + 1).replaceAll('\\', '/')] = await readFile(full)
  }
  const removed = (files['removed.txt'] ?? Buffer.from('')).toString().split('\n')
  delete files['removed.txt']
  for (const path of removed) if (path !== '') files[path] = null
  await maintainer.push({ repository: TEMPLATE, files, message: 'Lend for three weeks, and follow requests by their id' })
  await maintainer.tag(TEMPLATE, 'v1.1.0')
}

/** A pull request by which the catalogue names another version of the template. Returns its number. */
export async function proposeVersion({ folder, maintainer }: LiveStage, version: string): Promise<number> {
  const catalogue = await readFile(join(folder, 'control/bootstrap/catalog.yml'), 'utf8')
  const text = catalogue.replace('version: v1.0.0', `version: ${version}`)
  const [title, branch] = [`New repositories begin with ${version}`, `template-${version}`]
  await maintainer.push({ repository: CONTROL, branch, files: { 'bootstrap/catalog.yml': text }, message: title })
  return maintainer.openPullRequest(CONTROL, { title, head: branch })
}
