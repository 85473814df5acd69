import type { HttpClient } from 'isomorphic-git'
import { sendToGit } from './git-request.ts'
import type { GitRemote } from './http-exchange.ts'
import type { RefListing } from './probe-refs.ts'

/**
 * The HTTP that isomorphic-git is given. It asks for the refs again, and gets those that are known already; the one other
 * request is sent to where the repository is today.
 */
export function toHttpClient(remote: GitRemote, listing: RefListing): HttpClient {
  return {
    async request({ url, method = 'GET', body }) {
      const request = { url, method, statusCode: 200, statusMessage: 'OK' }
      if (method === 'GET') {
        return { ...request, headers: { 'content-type': `application/x-${listing.service}-advertisement` }, body: once(listing.bytes) }
      }
      const chunks: Uint8Array[] = []
      for await (const chunk of body ?? []) chunks.push(chunk)
      const answer = await sendToGit({ ...remote, url: listing.url }, { method: 'POST', service: listing.service, body: Buffer.concat(chunks) })
      return { ...request, headers: {}, body: once(answer.body) }
    },
  }
}

async function* once(bytes: Uint8Array): AsyncIterableIterator<Uint8Array> {
  yield bytes
}
