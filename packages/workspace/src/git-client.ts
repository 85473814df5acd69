import type { HttpClient } from 'isomorphic-git'
import { sendToGit } from './git-request.ts'
import type { GitRemote } from './http-exchange.ts'
import { FLUSH, renderPacket } from './packet-lines.ts'
import type { RefListing } from './probe-refs.ts'

export interface FetchWanted {
  readonly listing: RefListing
  /** The one object that is to be fetched. */
  readonly oid: string
}

/**
 * The HTTP that isomorphic-git is given. It asks for the refs again, and is told of the wanted one alone: as HEAD, without which
 * it fetches nothing. Its other request is sent to where the repository is today.
 */
export function toHttpClient(remote: GitRemote, { listing, oid }: FetchWanted): HttpClient {
  const { service } = listing
  return {
    async request({ url, method = 'GET', body }) {
      const request = { url, method, statusCode: 200, statusMessage: 'OK' }
      if (method === 'GET') {
        return {
          ...request,
          headers: { 'content-type': `application/x-${service}-advertisement` },
          body: once(renderListing(oid, listing)),
        }
      }
      const chunks: Uint8Array[] = []
      for await (const chunk of body ?? []) chunks.push(chunk)
      const answer = await sendToGit({ ...remote, url: listing.url }, { method: 'POST', service, body: Buffer.concat(chunks) })
      return { ...request, headers: {}, body: once(answer.body) }
    },
  }
}

function renderListing(oid: string, { service, capabilities }: RefListing): Buffer {
  const able = [...capabilities].filter((name) => !name.startsWith('symref='))
  return Buffer.concat([renderPacket(`# service=${service}\n`), FLUSH, renderPacket(`${oid} HEAD\0${able.join(' ')}\n`), FLUSH])
}

async function* once(bytes: Uint8Array): AsyncIterableIterator<Uint8Array> {
  yield bytes
}
