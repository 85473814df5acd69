import { toInertLine } from '../terminal/inert.ts'
import type { Terminal } from '../terminal/terminal.ts'
import {
  CONTROL,
  createBootstrapStage,
  fillBootstrapForm,
  proposeVersion,
  releaseNextTemplate,
  TEMPLATE,
} from '../stage/bootstrap-stage.ts'
import type { LiveStage } from '../stage/live-stage.ts'
import { type Fact, printFacts, printHeading, renderFence, type Story, type StoryPart, type Telling } from './story.ts'

const NAME = 'team-shelf'
const WISHES = { 'Repository name': NAME, Database: 'SQLite', 'Add-ons': ['Material Design 3 theme', 'Protected main'] }
const SHELF = `acme/${NAME}`
const CONFIG = 'src/lib/config.ts'

/** An issue that becomes a repository, which is kept up to date afterwards. */
export const bootstrapStory: Story = {
  name: 'bootstrap',
  title: 'From an issue to a repository, kept up to date',
  lead:
    'A filled-in form is answered with a preview, a comment makes the repository of it, and the template’s next tag comes as a pull ' +
    'request that marks what a person has to decide.',
  tell,
  // Its files hold the marks of a conflict until somebody settles it.
  isMeantToFail: ({ repository, event }) => repository === SHELF && event === 'pull_request',
}

async function tell({ terminal, onProgress }: Telling): Promise<readonly StoryPart[]> {
  printHeading(terminal, 'An embedded GitHub starts on this machine')
  terminal.progress('Pushing the control repository and the template with git …')
  const stage = await createBootstrapStage({ runner: { onProgress } })
  try {
    printFacts(terminal, [
      { label: CONTROL, text: 'the catalogue of what can be chosen, the issue form, the workflows' },
      { label: TEMPLATE, text: `${await countFiles(stage, TEMPLATE, 'v1.0.0')} files at the tag v1.0.0` },
    ])
    const preview = await askForRepository(stage, terminal)
    const made = await makeRepository(stage, terminal)
    const update = await updateRepository(stage, terminal)
    return [preview, ...made, update]
  } finally {
    await stage.close()
  }
}

async function askForRepository(stage: LiveStage, terminal: Terminal): Promise<StoryPart> {
  const issue = await fillBootstrapForm(stage, WISHES)
  printHeading(terminal, `Somebody fills in the form: “${issue.title}”`)
  await stage.maintainer.openIssue(CONTROL, issue)
  await stage.runner.idle()
  const [preview = ''] = stage.commentsOf(CONTROL, 1)
  const made = stage.github.world.findRepository(SHELF) === undefined ? 'nothing' : SHELF
  printFacts(terminal, [...factsOf(preview), { label: 'Made so far', text: made }])
  return { heading: 'The preview, as a comment on the issue', markdown: preview }
}

/** What a preview's table says, hashes apart, and how much there is below it. */
function factsOf(preview: string): readonly Fact[] {
  const found = [...preview.matchAll(/^\| (Repository|Template|Options|Risk) \| (.*) \|$/gm)]
  const rows = found.map(([, label = '', text = '']) => ({ label, text: toPlain(text) }))
  const folded = [...preview.matchAll(/<summary>(.*?)<\/summary>/g)].map(([, text = '']) => text)
  return [...rows, { label: 'Shown', text: folded.join(' · ') }]
}

const toPlain = (markdown: string): string => markdown.replaceAll('`', '').replaceAll(/\\(.)/g, '$1')

async function makeRepository(stage: LiveStage, terminal: Terminal): Promise<readonly StoryPart[]> {
  printHeading(terminal, 'Somebody comments /bootstrap run')
  await stage.maintainer.comment(CONTROL, 1, '/bootstrap run')
  await stage.runner.idle()
  const progress = stage.commentsOf(CONTROL, 1).at(-1) ?? ''
  const comments = `/repos/${CONTROL}/issues/comments/`
  const edits = stage.github.log.entries().filter(({ method, path }) => method === 'PATCH' && path.startsWith(comments)).length
  const log = await stage.git(SHELF, 'log', '--format=commit %h by %an%n%n%B', 'main')
  const receipt = await stage.git(SHELF, 'show', 'main:.github/bootstrap.json')
  const { topics, description } = stage.github.world.repository(SHELF)
  const count = await countFiles(stage, SHELF, 'main')

  printHeading(terminal, 'What is there now')
  printFacts(terminal, [
    { label: 'repository', text: `${SHELF}: ${count} files, “${description}”, topics ${[...topics].join(', ')}` },
    ...log
      .split('\n')
      .filter((line) => line !== '')
      .slice(0, 2)
      .map((text, at) => ({ label: at === 0 ? 'git log' : '', text })),
    { label: 'receipt', text: `.github/bootstrap.json, ${summariseReceipt(receipt)}` },
    { label: 'comment', text: `one, edited ${edits} times: ${toPlain(/^### (.*)$/m.exec(progress)?.[1] ?? '')}` },
  ])
  return [
    { heading: 'Its progress, one comment edited in place', markdown: progress },
    { heading: `The history of ${SHELF}`, markdown: renderFence(`$ git log main\n${log}`) },
    { heading: 'Its receipt, .github/bootstrap.json', markdown: renderFence(receipt, 'json') },
  ]
}

function summariseReceipt(receipt: string): string {
  const words = [...receipt.matchAll(/"(template_version|catalog_version|recipe_hash)": "([^"]{1,12})/g)]
  return words.map(([, key = '', value = '']) => `${key.replace('_', ' ')} ${value}`).join(', ')
}

async function updateRepository(stage: LiveStage, terminal: Terminal): Promise<StoryPart> {
  const { maintainer } = stage
  printHeading(terminal, `${SHELF} lends for a week; the template’s next tag, v1.1.0, for three`)
  const own = await stage.git(SHELF, 'show', `main:${CONFIG}`)
  const changed = `${own.replace("LOAN_DAYS ?? '14'", "LOAN_DAYS ?? '7'")}\n`
  await maintainer.push({ repository: SHELF, files: { [CONFIG]: changed }, message: 'A week is enough' })
  await releaseNextTemplate(stage)
  const proposal = await proposeVersion(stage, 'v1.1.0')
  await stage.runner.idle()

  printHeading(terminal, 'The catalogue’s new version is merged, and somebody asks for updates')
  await maintainer.merge(CONTROL, proposal)
  await maintainer.dispatch(CONTROL, 'bootstrap-drift.yml', { mode: 'update' })
  await stage.runner.idle()
  return showUpdate(stage, terminal)
}

async function showUpdate(stage: LiveStage, terminal: Terminal): Promise<StoryPart> {
  printHeading(terminal, `The pull request in ${SHELF}`)
  const { world } = stage.github
  const pull = [...world.state.issues.values()].find(({ repositoryId }) => repositoryId === world.repository(SHELF).id)
  const branch = await stage.git(SHELF, 'for-each-ref', '--format=%(refname:short)', 'refs/heads/switchyard/')
  const changed = (await stage.git(SHELF, 'diff', '--stat', `main...${branch}`)).split('\n').at(-1)?.trim() ?? ''
  const conflict = /^<{7} .*?^>{7} .*?$/ms.exec(await stage.git(SHELF, 'show', `${branch}:${CONFIG}`))?.[0] ?? ''
  terminal.print(`  #${pull?.number ?? 0} ${toInertLine(pull?.title ?? '')}: ${changed}`)
  terminal.print(`  ${terminal.style('dim', CONFIG)}`)
  for (const line of conflict.split('\n')) {
    terminal.print(`    ${terminal.style(/^[<=>]{7}/.test(line) ? 'yellow' : 'dim', toInertLine(line))}`)
  }
  terminal.print('  Nothing else is in conflict. Its CI fails until somebody chooses.')
  const diff = await stage.git(SHELF, 'diff', `main...${branch}`, '--', CONFIG)
  const hunks = diff.split('\n').slice(4).join('\n')
  return {
    heading: `The update: ${pull?.title ?? ''}`,
    markdown: `${pull?.body ?? ''}\n\n**${CONFIG}**\n\n${renderFence(hunks, 'diff')}`,
  }
}

async function countFiles(stage: LiveStage, repository: string, ref: string): Promise<number> {
  return (await stage.git(repository, 'ls-tree', '-r', '--name-only', ref)).split('\n').length
}
