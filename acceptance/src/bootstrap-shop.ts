import { bootstrapDecider } from '@switchyard/bootstrapping/records'
import type { GithubStore } from '@switchyard/ledger'
import { verify } from '@switchyard/ledger/maintenance'
import { z } from 'zod'
import { type BootstrapStage, type BootstrapStageOptions, CONTROL, createBootstrapStage, type SavedStage } from './bootstrap-stage.ts'
import { openLedger } from './open-ledger.ts'

const LEDGER = 'switchyard/bootstrap'
const RECEIPT = '.github/bootstrap.json'

/** Settings of every kind that takes a request of its own. */
export const CATALOGUE_WITH_SETTINGS = `template:
  repository: acme/template
  version: v1.0.0
categories:
  - slug: auth
    selection_type: SINGLE
    display_order: 1
    is_required: true
    options:
      - slug: none
        label: Nobody signs in
        is_default: true
        display_order: 1
        actions:
          - { kind: RENDER_FILE, params: { path: README.md }, execution_order: 1 }
          - { kind: SET_TOPICS, params: { topics: [shop, web] }, execution_order: 2 }
          - { kind: CREATE_LABELS, params: { labels: [{ name: triage, color: d4c5f9 }, { name: urgent, color: b60205 }] }, execution_order: 3 }
`

/** What GitHub makes of the issue form for it. */
export const REQUEST = Object.entries({ Owner: 'acme', 'Repository name': 'shop', Visibility: 'private', auth: 'Nobody signs in' })
  .map(([heading, answer]) => `### ${heading}\n\n${answer}\n`)
  .join('\n')

export interface ShopWishes extends BootstrapStageOptions {
  readonly credential?: 'token' | 'app'
}

/** A stage whose ledger has been written to before, with a preview of `acme/shop` on issue 1 that waits to be run. */
export async function previewShop({ credential = 'token', ...options }: ShopWishes = {}): Promise<BootstrapStage> {
  const stage = await createBootstrapStage({ catalogue: CATALOGUE_WITH_SETTINGS, templateFiles: 2, ...options })
  // A cancel of what does not run begins the ledger.
  await stage.play({ credential, inputs: { mode: 'cancel', owner: 'acme', name: 'elsewhere' } })
  const { outputs, log } = await stage.play({ credential, eventName: 'issues', payload: await stage.openIssue(REQUEST) })
  if (outputs['reason-code'] !== 'previewed') throw new Error(`The preview failed:\n${log}`)
  return stage
}

/** A stage that many can go on from: `previewShop`, kept in a folder. */
export async function saveShop(folder: string, wishes: ShopWishes = {}): Promise<SavedStage> {
  const stage = await previewShop(wishes)
  try {
    return await stage.save(folder)
  } finally {
    await stage.close()
  }
}

interface MadeSeen {
  readonly name: string
  readonly description: string | undefined
  readonly topics: readonly string[]
  readonly labels: readonly string[]
}

/** Goes on from a saved stage, looks at what it came to, and closes it. */
export async function endOf(saved: SavedStage, work: (stage: BootstrapStage) => Promise<void>): Promise<BootstrapEnding> {
  const stage = await createBootstrapStage({ saved })
  try {
    await work(stage)
    return await lookAtEnding(stage)
  } finally {
    await stage.close()
  }
}

/** What a stage came to: everything that must be there once, or not at all. */
export interface BootstrapEnding {
  /** Every repository but the stage's own, with what the recipe sets of it. */
  readonly repositories: readonly MadeSeen[]
  /** The runs of `acme/shop`, oldest first. */
  readonly runs: readonly RunSeen[]
  /** What `verify` finds in the ledger. */
  readonly findings: readonly string[]
  readonly openIntents: readonly string[]
  /** How many comments tell of each run's progress. */
  readonly progressComments: readonly number[]
}

const runShape = z.object({
  plan: z.object({ run_id: z.string() }),
  status: z.string(),
  needs_cleanup: z.boolean(),
  warnings: z.array(z.string()),
  error: z.object({ code: z.string() }).nullable(),
})
const stateShape = z.object({ state: z.object({ runs: z.array(runShape) }) })
export type RunSeen = z.infer<typeof runShape>
const openShape = z.object({ intents: z.record(z.string(), z.unknown()) })

export async function lookAtEnding(stage: BootstrapStage): Promise<BootstrapEnding> {
  const { state } = stage.github.world
  const made = [...state.repositories.values()].filter(({ name }) => !['control', 'template'].includes(name))
  const [{ findings }, files] = await Promise.all([verify(bootstrapDecider, openBootstrapLedger(stage)), readLedger(stage)])
  const marks = stage.commentsOf(1).flatMap((body) => /^<!-- switchyard:bootstrap run=\w+ -->/.exec(body)?.[0] ?? [])
  return {
    repositories: made.map(({ id, name, description, topics }) => {
      const labels = [...state.labels.values()].filter(({ repositoryId }) => repositoryId === id).map((label) => label.name)
      return { name, description, topics, labels }
    }),
    runs: [...files].flatMap(([path, text]) => (isOfShop(path, text) ? stateShape.parse(JSON.parse(text)).state.runs : [])),
    findings: findings.map(({ path, message }) => `${path}: ${message}`),
    openIntents: Object.keys(openShape.parse(JSON.parse(files.get('open.json') ?? '{"intents":{}}')).intents),
    progressComments: [...new Set(marks)].map((mark) => marks.filter((other) => other === mark).length),
  }
}

const isOfShop = (path: string, text: string): boolean => path.endsWith('/state.json') && /"slug": ?"shop"/.test(text)

function openBootstrapLedger({ github, tokens }: BootstrapStage): GithubStore {
  return openLedger(github, { repository: CONTROL, branch: LEDGER, token: tokens.job })
}

/** Every file of the ledger as it is now. */
export async function readLedger(stage: BootstrapStage): Promise<ReadonlyMap<string, string>> {
  const store = openBootstrapLedger(stage)
  const head = await stage.github.world.git(CONTROL).readRef(`refs/heads/${LEDGER}`)
  if (head === undefined) return new Map()
  return store.readAt(
    head,
    (await store.listAt(head)).map(({ path }) => path),
  )
}

/** The files of a repository's main branch with their ids; of the receipt, everything but its time. */
export async function listTree(stage: BootstrapStage, repository: string): Promise<string> {
  const [listed, receipt] = await Promise.all([
    stage.git(repository, 'ls-tree', '-r', 'main'),
    stage.git(repository, 'show', `main:${RECEIPT}`),
  ])
  const others = listed.split('\n').filter((line) => !line.endsWith(`\t${RECEIPT}`))
  return [...others, receipt.replace(/"generated_at": "[^"]*"/, '"generated_at": ""')].join('\n')
}
