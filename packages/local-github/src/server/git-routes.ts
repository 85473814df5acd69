import { gunzipSync } from 'node:zlib'
import { canSee, isAllowed } from '../auth/access.ts'
import type { Viewer } from '../auth/viewer.ts'
import { type GitCall, runGit } from '../git/process.ts'
import { parsePush, renderPushReport, type PushRefusal } from '../git/push.ts'
import { decidePush } from '../rules/pushes.ts'
import { findRepository } from '../world/repositories.ts'
import { recordPush } from '../acts/pushes.ts'
import type { Repository } from '../world/types.ts'
import type { Answer } from './answer.ts'
import type { ServedRoute } from './pipeline.ts'
import type { RawCall } from './route.ts'
import { takeUnready } from './unready.ts'

type Service = 'git-upload-pack' | 'git-receive-pack'

const base = { operation: 'git', createsContent: false, free: true, needs: [], resource: 'core' } as const

/** Smart HTTP (git-scm.com/docs/http-protocol): git's own programs behind a check of who asks. */
export const gitRoutes: readonly ServedRoute[] = [
  {
    ...base,
    method: 'GET',
    path: '/{owner}/{repo}/info/refs',
    run: (call) =>
      withRepository(call, serviceOf(call.url.searchParams.get('service')), async (repository, service) => {
        const refs = await git(call, repository, { args: [service.slice(4), '--stateless-rpc', '--advertise-refs', '.'] })
        const head = `# service=${service}\n`
        const announced = Buffer.from(`${(head.length + 4).toString(16).padStart(4, '0')}${head}0000`, 'latin1')
        return plain(200, Buffer.concat([announced, refs]), `application/x-${service}-advertisement`)
      }),
  },
  {
    ...base,
    method: 'POST',
    path: '/{owner}/{repo}/git-upload-pack',
    run: (call) =>
      withRepository(call, 'git-upload-pack', async (repository) => {
        const pack = await git(call, repository, { args: ['upload-pack', '--stateless-rpc', '.'], input: inflate(call) })
        return plain(200, pack, 'application/x-git-upload-pack-result')
      }),
  },
  {
    ...base,
    method: 'POST',
    path: '/{owner}/{repo}/git-receive-pack',
    run: (call) =>
      withRepository(call, 'git-receive-pack', async (repository) => {
        const body = inflate(call)
        return plain(200, await receive(call, repository, body), 'application/x-git-receive-pack-result')
      }),
  },
]

function serviceOf(name: string | null): Service | undefined {
  return name === 'git-upload-pack' || name === 'git-receive-pack' ? name : undefined
}

async function withRepository(
  call: RawCall,
  service: Service | undefined,
  run: (repository: Repository, service: Service) => Promise<Answer>,
): Promise<Answer> {
  if (service === undefined) return text(403, 'Please upgrade your git client.\nGitHub.com no longer supports git over dumb-http.\n')
  const name = (call.params['repo'] ?? '').replace(/\.git$/, '')
  const repository = findRepository(call.world, call.params['owner'] ?? '', name)
  const isVisible = repository !== undefined && canSee(call.world, call.viewer, repository)
  // Nobody is told whether a repository exists before saying who asks.
  if (call.viewer.kind === 'anonymous' && (!isVisible || service === 'git-receive-pack')) {
    return {
      ...text(401, 'No anonymous write access.'),
      headers: { 'content-type': 'text/plain', 'www-authenticate': 'Basic realm="GitHub"' },
    }
  }
  if (!isVisible) return text(404, 'Repository not found.')
  const level = service === 'git-receive-pack' ? 'write' : 'read'
  if (!isAllowed(call.world, call.viewer, { repository, need: { permission: 'contents', level } })) {
    return text(403, `Permission to ${call.params['owner']}/${name}.git denied to ${loginOf(call.viewer)}.`)
  }
  if (repository.archived && level === 'write') return text(403, 'This repository was archived so it is read-only.')
  if (takeUnready(repository, false) !== undefined) return text(404, 'Repository not found.')
  return run(repository, service)
}

/** Refused ref changes refuse the whole push: GitHub's hooks stand before any ref moves. */
async function receive(call: RawCall, repository: Repository, body: Buffer): Promise<Buffer> {
  const push = parsePush(body)
  const refusals: readonly PushRefusal[] = await decidePush(call.world, call.viewer, { repository, push })
  if (refusals.length > 0) return renderPushReport(push, refusals)
  const report = await git(call, repository, { args: ['receive-pack', '--stateless-rpc', '.'], input: body })
  await recordPush(call.world, repository, { commands: push.commands, viewer: call.viewer })
  return report
}

async function git(
  call: RawCall,
  repository: Repository,
  { args, input = Buffer.alloc(0) }: Pick<GitCall, 'args'> & { readonly input?: Buffer },
): Promise<Buffer> {
  const protocol = call.headers.get('git-protocol')
  const directory = call.world.stores.directory(repository.id)
  const environment = protocol === null || !/^[\w=:.]+$/.test(protocol) ? {} : { GIT_PROTOCOL: protocol }
  // A refused push is reported inside the answer, whatever the exit code.
  return (await runGit({ directory, args, input, environment })).stdout
}

function inflate(call: RawCall): Buffer {
  return call.headers.get('content-encoding') === 'gzip' ? gunzipSync(call.bytes) : call.bytes
}

function loginOf(viewer: Viewer): string {
  return viewer.kind === 'token' ? viewer.account.login : 'nobody'
}

const plain = (status: number, body: Buffer, type: string): Answer => ({
  status,
  body,
  headers: { 'content-type': type, 'cache-control': 'no-cache' },
})
const text = (status: number, message: string): Answer => plain(status, Buffer.from(message, 'utf8'), 'text/plain; charset=utf-8')
