import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createConnection } from '@switchyard/github'
import { type LocalGitHub, startLocalGitHub } from '@switchyard/local-github'
import { type FileTree, type GitRemote, makeHistory, pushHistory, readTemplate, toGitHeaders, writeTreeTo } from '@switchyard/workspace'
import { openApiWays } from './push-by-api.ts'
import { costRow, median, type Row } from './row.ts'

const LATENCY_MS = 150
const ROUNDS = 5
const SIZES = [10, 1_000] as const
/** Of a commit for each file only so many are timed: all would take minutes, and each takes as long as the last. */
const TIMED_COMMITS = 50
const AUTHOR = { name: 'Bench', email: 'bench@users.noreply.github.com' }

/** A new repository of so many files: made and pushed by us and by git, and read back as a template. */
export async function measurePush(): Promise<readonly Row[]> {
  const github = await startLocalGitHub({ latency: LATENCY_MS, rateLimits: { enforced: false } })
  const connection = createConnection({ ports: { now: Date.now } })
  try {
    github.world.addUser({ login: 'bench' })
    const token = github.world.createToken({ kind: 'classic', user: 'bench', scopes: ['repo', 'workflow'] })
    const headers = toGitHeaders(token)
    const rows: Row[] = []
    for (const size of SIZES) {
      const tree = makeTree(size)
      const lab: Lab = { github, tree, remote: (name) => ({ url: `${github.serverUrl}/bench/${name}.git`, headers, http: connection }) }
      rows.push(...(await measureSize(lab)))
    }
    rows.push(...(await measureApis(github, token, makeTree(1_000))))
    return rows
  } finally {
    connection.close()
    await github.close()
  }
}

interface Lab {
  readonly github: LocalGitHub
  readonly tree: FileTree
  remote(name: string): GitRemote
}

async function measureSize({ github, tree, remote }: Lab): Promise<readonly Row[]> {
  const ours: number[] = []
  const theirs: number[] = []
  const reads: number[] = []
  const costs: { readonly requests: number; readonly depth: number }[] = []
  const timed = async (times: number[], run: () => Promise<unknown>): Promise<void> => {
    github.log.reset()
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
    costs.push({ requests: github.log.count(), depth: github.log.depth() })
  }
  for (let round = 0; round < ROUNDS; round++) {
    const name = `${tree.size}-files-${round}`
    for (const owner of ['ours', 'git']) {
      await github.world.addRepository({ owner: 'bench', name: `${owner}-${name}`, visibility: 'private' })
    }
    const history = makeHistory({ tree, message: 'Begin', author: AUTHOR, at: 0 })
    await timed(ours, () =>
      pushHistory({ ...remote(`ours-${name}`), history: makeHistory({ tree, message: 'Begin', author: AUTHOR, at: 0 }), branch: 'main' }),
    )
    await timed(reads, () => readTemplate({ ...remote(`ours-${name}`), tag: history.commit }))
    await withFolder(tree, (folder) => timed(theirs, () => pushWithGit(folder, remote(`git-${name}`))))
  }
  const files = `${tree.size.toLocaleString('en')} files`
  const [push = { requests: 0, depth: 0 }, read = { requests: 0, depth: 0 }] = costs
  // Round by round, since what else the machine does comes and goes.
  const ratio = median(ours.map((ms, round) => ms / (theirs[round] ?? Number.NaN)))
  return [
    costRow(`push a new repository of ${files}`, push, { requests: 2, depth: 2 }),
    costRow(`read a template of ${files}`, read, { requests: 2, depth: 2 }),
    {
      job: '… its push, and what git takes to commit and push it',
      measured: `${Math.round(median(ours))} ms, ${ratio.toFixed(2)} × git (reading: ${Math.round(median(reads))} ms)`,
      budget: 'at most 1 ×',
      isWithin: ratio <= 1,
    },
  ]
}

/** The same by GitHub's API, in repositories that have a first commit, as both ways need. */
async function measureApis(github: LocalGitHub, token: string, tree: FileTree): Promise<readonly Row[]> {
  const ways = openApiWays(github, { token, owner: 'bench' }, { contents: 'by-contents', data: 'by-data' })
  const time = async (
    { repository, push }: typeof ways.data,
    files: FileTree,
  ): Promise<{ seconds: number; requests: number; depth: number }> => {
    await github.world.addRepository({ owner: 'bench', name: repository, visibility: 'private' })
    await github.world.commit({ repository: `bench/${repository}`, files: { 'README.md': '# bench\n' } })
    github.log.reset()
    const start = performance.now()
    await push(files)
    return { seconds: (performance.now() - start) / 1_000, requests: github.log.count(), depth: github.log.depth() }
  }
  try {
    const data = await time(ways.data, tree)
    const contents = await time(ways.contents, new Map([...tree].slice(0, TIMED_COMMITS)))
    const each = tree.size / TIMED_COMMITS
    return [
      apiRow('the Git data API, content in the trees', data),
      apiRow(`one commit a file by the contents API (${TIMED_COMMITS} of them timed)`, {
        seconds: contents.seconds * each,
        requests: contents.requests * each,
        depth: contents.depth * each,
      }),
    ]
  } finally {
    ways.close()
  }
}

function apiRow(
  way: string,
  { seconds, requests, depth }: { readonly seconds: number; readonly requests: number; readonly depth: number },
): Row {
  return {
    job: `… 1,000 files by ${way}`,
    measured: `${requests} requests, depth ${depth}, ${seconds.toFixed(1)} s`,
    budget: '—',
    isWithin: true,
  }
}

/** About 3 KB a file, in 50 folders, as little alike as source text is. */
function makeTree(size: number): FileTree {
  return new Map(
    Array.from({ length: size }, (_, index) => {
      const lines = Array.from({ length: 60 }, (_value, line) => `export const value${index}_${line} = ${Math.sin(index * 61 + line)}\n`)
      return [`src/part-${index % 50}/file-${index}.ts`, { mode: '100644', content: Buffer.from(lines.join('')) }]
    }),
  )
}

async function withFolder(tree: FileTree, run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-push-'))
  try {
    await writeTreeTo(folder, tree)
    await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function pushWithGit(folder: string, { url, headers }: GitRemote): Promise<void> {
  const identity = {
    GIT_AUTHOR_NAME: AUTHOR.name,
    GIT_AUTHOR_EMAIL: AUTHOR.email,
    GIT_COMMITTER_NAME: AUTHOR.name,
    GIT_COMMITTER_EMAIL: AUTHOR.email,
  }
  const header = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: ${headers['authorization'] ?? ''}`,
  }
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    ...identity,
    ...header,
  }
  for (const args of [
    ['init', '--quiet', '--initial-branch=main'],
    ['add', '--all'],
    ['commit', '--quiet', '--message=Begin'],
    ['push', '--quiet', url, 'main'],
  ]) {
    await promisify(execFile)('git', args, { cwd: folder, env })
  }
}
