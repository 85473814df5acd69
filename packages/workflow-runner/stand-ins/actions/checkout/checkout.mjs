import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { fail, git, input, write } from './git.mjs'

const unsupported = ['ssh-key', 'ssh-known-hosts', 'filter', 'sparse-checkout', 'github-server-url'].filter((name) => input(name) !== '')
unsupported.push(...['lfs', 'submodules'].filter((name) => !['', 'false'].includes(input(name))))
if (unsupported.length > 0) {
  fail(`The stand-in for actions/checkout does not support ${unsupported.map((name) => `\`${name}\``).join(', ')}.`)
}

const server = process.env.GITHUB_SERVER_URL ?? ''
const workspace = process.env.GITHUB_WORKSPACE ?? ''
const repository = input('repository')
const folder = resolve(workspace, input('path') || '.')
if (folder !== workspace && !folder.startsWith(workspace + sep)) fail(`\`path\` leads out of the workspace: ${input('path')}`)

const isOwn = repository.toLowerCase() === process.env.GITHUB_REPOSITORY?.toLowerCase()
const wanted = input('ref') || (isOwn ? process.env.GITHUB_SHA : 'HEAD')
const ref = input('ref') || (isOwn ? process.env.GITHUB_REF : 'HEAD')
const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${input('token')}`).toString('base64')}`
const key = `http.${server}/.extraheader`
const credentials = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: key, GIT_CONFIG_VALUE_0: header }

mkdirSync(folder, { recursive: true })
if (input('clean') !== 'false' && !existsSync(join(folder, '.git'))) {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
}
git(folder, ['init', '--quiet'])
git(folder, ['config', 'gc.auto', '0'])
git(folder, ['config', 'remote.origin.url', `${server}/${repository}.git`])
git(folder, ['config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*'])
const depth = Number(input('fetch-depth') || '1')
const all = depth === 0
const tags = all || input('fetch-tags') === 'true'
const fetch = ['fetch', '--quiet', ...(tags ? ['--tags'] : ['--no-tags']), ...(all ? [] : [`--depth=${depth}`]), 'origin']
if (all) git(folder, fetch, credentials)
git(folder, [...fetch, wanted], credentials)
const commit = git(folder, ['rev-parse', 'FETCH_HEAD^{commit}'])
const branch =
  /^refs\/heads\/(.+)$/.exec(ref ?? '')?.[1] ??
  (input('ref') !== '' && !/^[0-9a-f]{40}$/.test(wanted) && !wanted.startsWith('refs/') ? wanted : undefined)
if (branch === undefined) git(folder, ['checkout', '--quiet', '--force', '--detach', commit])
else {
  git(folder, ['update-ref', `refs/remotes/origin/${branch}`, commit])
  git(folder, ['checkout', '--quiet', '--force', '-B', branch, commit])
}
if (input('persist-credentials') !== 'false') {
  git(folder, ['config', key, header])
  write('GITHUB_STATE', 'folder', folder)
  write('GITHUB_STATE', 'key', key)
}
write('GITHUB_OUTPUT', 'ref', ref)
write('GITHUB_OUTPUT', 'commit', commit)
console.log(`${repository} at ${commit}${branch === undefined ? '' : `, on ${branch}`}`)
