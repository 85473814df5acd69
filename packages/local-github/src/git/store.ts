import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCommit, renderCommit } from './encoding.ts'
import { Objects } from './objects.ts'
import { runGit } from './process.ts'
import { findMergeBase, mergeTree, readArchive, readChangedPaths, readLineChanges } from './history.ts'
import { branchRef } from './ref-names.ts'
import { Refs } from './refs.ts'
import { readPath, readTree, writeTree } from './trees.ts'
import { GitProblem, NULL_OID, type Commit, type GitStore, type LogQuery, type Oid } from './types.ts'

/** Makes a bare repository with an unborn default branch. */
export async function initGitStore(directory: string, branch: string): Promise<GitStore> {
  await mkdir(directory, { recursive: true })
  const made = await runGit({ directory, args: ['init', '--bare', '--quiet', '--template=', `--initial-branch=${branch}`] })
  if (made.code !== 0) throw new GitProblem('git-failed', made.stderr)
  // Pushes are kept loose and never repacked behind our back: reads stay in this process.
  const settings = {
    'gc.auto': '0',
    'receive.autogc': 'false',
    'receive.unpackLimit': '10000',
    'core.logAllRefUpdates': 'false',
    'http.receivepack': 'true',
    'uploadpack.allowAnySHA1InWant': 'true',
    'uploadpack.allowFilter': 'true',
    'receive.advertisePushOptions': 'true',
  }
  const lines = Object.entries(settings).map(([key, value]) => {
    const [section = '', name = ''] = key.split('.')
    return `[${section}]\n\t${name} = ${value}\n`
  })
  const config = join(directory, 'config')
  await writeFile(config, `${await readFile(config, 'utf8')}${lines.join('')}`)
  return openGitStore(directory)
}

export function openGitStore(directory: string): GitStore {
  const objects = new Objects(directory)
  const refs = new Refs(directory)

  const readCommit = async (oid: Oid): Promise<Commit | undefined> => {
    const object = await objects.read(oid)
    return object?.type === 'commit' ? parseCommit(oid, object.data) : undefined
  }

  return {
    directory,
    readRef: (name) => refs.read(name),
    listRefs: (prefix = 'refs/') => refs.list(prefix),
    createRef: (name, oid) => refs.change({ name, oid, expected: NULL_OID }),
    updateRef: (name, oid, expected) => refs.change({ name, oid, ...(expected === undefined ? {} : { expected }) }),
    deleteRef: (name, expected) => refs.transact([{ name, oid: undefined, ...(expected === undefined ? {} : { expected }) }]),
    updateRefs: (changes) => refs.transact(changes),
    readHead: async () => (await readFile(join(directory, 'HEAD'), 'utf8')).trim().slice('ref: refs/heads/'.length),
    async writeHead(branch) {
      await writeFile(join(directory, 'HEAD.lock'), `ref: ${branchRef(branch)}\n`, { flag: 'wx' })
      await rename(join(directory, 'HEAD.lock'), join(directory, 'HEAD'))
    },
    readObject: (oid) => objects.read(oid),
    readCommit,
    readTree: (oid) => readTree(objects, oid),
    async readBlob(oid) {
      const object = await objects.read(oid)
      return object?.type === 'blob' ? object.data : undefined
    },
    async readPath(from, path) {
      const commit = await readCommit(from)
      return readPath(objects, commit?.tree ?? from, path)
    },
    writeBlob: (data) => objects.write('blob', data),
    writeTree: (base, changes) => writeTree(objects, base, changes),
    writeCommit: (commit) => objects.write('commit', renderCommit(commit)),
    log: (query) => readLog(directory, query),
    archive: (commit) => readArchive(directory, commit),
    changedPaths: (from, to) => readChangedPaths(directory, from, to),
    mergeTree: (ours, theirs) => mergeTree(directory, ours, theirs),
    lineChanges: (from, to) => readLineChanges(directory, from, to),
    mergeBase: (left, right) => findMergeBase(directory, left, right),
    async isAncestor(ancestor, descendant) {
      if (ancestor === descendant) return true
      // An append names the old head as its parent: no process is needed to see that.
      if ((await readCommit(descendant))?.parents.includes(ancestor) === true) return true
      const result = await runGit({ directory, args: ['merge-base', '--is-ancestor', ancestor, descendant] })
      return result.code === 0
    },
    close: () => objects.close(),
  }
}

async function readLog(directory: string, query: LogQuery): Promise<readonly Oid[]> {
  const limits = [
    ...(query.limit === undefined ? [] : [`--max-count=${query.limit}`]),
    ...(query.skip === undefined ? [] : [`--skip=${query.skip}`]),
    ...(query.since === undefined ? [] : [`--since=${query.since}`]),
    ...(query.until === undefined ? [] : [`--until=${query.until}`]),
    ...(query.author === undefined ? [] : ['--fixed-strings', `--author=${query.author}`]),
  ]
  const without = query.not === undefined || query.not === NULL_OID ? [] : [`^${query.not}`]
  const paths = query.path === undefined || query.path === '' ? [] : [`:(literal)${query.path}`]
  const result = await runGit({ directory, args: ['rev-list', ...limits, '--end-of-options', query.from, ...without, '--', ...paths] })
  if (result.code !== 0) throw new GitProblem('object-missing', query.from)
  return result.stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '')
}
