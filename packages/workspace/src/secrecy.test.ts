import { inspect } from 'node:util'
import { toEnvelope, toSwitchyardError } from '@switchyard/core'
import { expect, test } from 'vitest'
import { caught, openLab, treeOf } from '../test/lab.ts'
import { type GitRemote, type HttpExchange, makeHistory, probeRefs, pushHistory, readTemplate } from './index.ts'

const token = 'ghp_0123456789abcdefSECRET'
const spelled = Buffer.from(`x-access-token:${token}`).toString('base64')
const history = makeHistory({
  tree: treeOf({ '.github/workflows/a.yml': 'x' }),
  message: 'm',
  author: { name: 'A', email: 'a@example.com' },
  at: 0,
})

const acts: Readonly<Record<string, (remote: GitRemote) => Promise<unknown>>> = {
  probe: (remote) => probeRefs(remote),
  push: (remote) => pushHistory({ ...remote, history, branch: 'main' }),
  read: (remote) => readTemplate({ ...remote, tag: 'v1' }),
  'read a commit': (remote) => readTemplate({ ...remote, tag: 'a'.repeat(40) }),
}

const listing = (service: string, line: string): string => {
  const packet = (text: string): string => (text.length + 4).toString(16).padStart(4, '0') + text
  return `${packet(`# service=${service}\n`)}0000${packet(`${line}\n`)}0000`
}

/** What a server may do at the last request of an act: fail, be silent, speak nonsense. */
const endings: Readonly<Record<string, Parameters<typeof scripted>[0]>> = {
  'not found': { status: 404 },
  forbidden: { status: 403 },
  unauthorized: { status: 401 },
  unavailable: { status: 503 },
  'a moved write': { status: 307 },
  nonsense: { status: 200, body: 'nonsense' },
  'an empty answer': { status: 200, body: '' },
  'a fatal word': { status: 200, body: '000e\x03no room0000' },
  lost: 'lost',
  'not sent': 'not-sent',
}

function scripted(ending: { readonly status: number; readonly body?: string } | string, lets: (method: string) => boolean): HttpExchange {
  return {
    fetch(url, { method }) {
      if (typeof ending === 'string' && !lets(method)) {
        throw Object.assign(new Error('no answer'), { failure: ending, cause: new Error('socket') })
      }
      const service = url.includes('receive') ? 'git-receive-pack' : 'git-upload-pack'
      const first = service === 'git-receive-pack' ? `${'0'.repeat(40)} capabilities^{}` : `${'b'.repeat(40)} refs/tags/v1`
      const { status, body = 'words' } = lets(method)
        ? { status: 200, body: listing(service, `${first}\0report-status side-band-64k shallow`) }
        : Object(ending)
      return Promise.resolve({ status, url, headers: new Map(), arrayBuffer: () => Promise.resolve(new TextEncoder().encode(body).buffer) })
    },
  }
}

const cases = Object.keys(acts)
  .flatMap((act) => Object.keys(endings).flatMap((ending) => ['GET', 'POST'].map((method) => [act, ending, method] as const)))
  .filter(([act, , method]) => !(act === 'probe' && method === 'POST'))

test.each(cases)('nothing that comes out of a %s that ends by %s at its %s holds the token', async (act, ending, method) => {
  const http = scripted(endings[ending] ?? '', (asked) => asked === 'GET' && method === 'POST')
  const { toGitHeaders } = await import('./index.ts')
  const error = await caught(
    Promise.resolve().then(() => acts[act]?.({ url: 'https://github.example/acme/app.git', headers: toGitHeaders(token), http })),
  )
  expect(error).toBeInstanceOf(Error)
  const said = [
    JSON.stringify(toEnvelope(toSwitchyardError(error), 0)),
    JSON.stringify(error),
    inspect(error, { depth: 12, showHidden: true }),
    String(error),
  ].join('\n')
  expect(said).not.toContain(token)
  expect(said).not.toContain(spelled)
  expect(toSwitchyardError(error).code).not.toBe('INTERNAL')
})

test('the token is in no address that is asked, and in one header alone', async () => {
  await using lab = await openLab()
  await lab.github.world.addRepository({ owner: 'acme', name: 'app', visibility: 'private' })
  const given = lab.token()
  const seen: string[] = []
  const http: HttpExchange = {
    fetch(url, init) {
      const { authorization, ...headers } = init.headers
      expect(authorization).toMatch(/^Basic /)
      seen.push(url, JSON.stringify(headers), Buffer.from(init.body ?? []).toString('latin1'))
      return lab.http.fetch(url, init)
    },
  }
  await pushHistory({ ...lab.remote('app', given), http, history, branch: 'main' })
  await readTemplate({ ...lab.remote('app', given), http, tag: history.commit })
  expect(seen.length).toBe(12)
  expect(seen.join('\n')).not.toContain(given)
})

test.each([
  `https://x:${token}@github.example/a/b.git`,
  `https://:${token}@github.example/a/b.git`,
  `https://${token}@github.example/a/b.git`,
  `https://github.example/a/b.git?token=${token}`,
  `https://github.example/a/b.git#${token}`,
  `://${token}`,
])('an address that is not plain is refused before it is asked: %#', async (url) => {
  const http: HttpExchange = {
    fetch: () => {
      throw new Error('was asked')
    },
  }
  const error = await caught(probeRefs({ url, headers: {}, http }))
  expect(error).toMatchObject({ code: 'INTERNAL' })
  expect(inspect(error)).not.toContain(token)
})
