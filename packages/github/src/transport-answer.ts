import type { IncomingMessage } from 'node:http'
import { tooLarge, TransportError } from './transport-error.ts'

/** A response with its whole body, still packed. */
export interface RawResponse {
  readonly message: IncomingMessage
  readonly body: Buffer
}

/** As much of the web's `Response` as Octokit reads. */
export interface TransportAnswer {
  readonly status: number
  readonly statusText: string
  readonly url: string
  /** Names in lower case; those that came more than once are joined by commas. */
  readonly headers: ReadonlyMap<string, string>
  text(): Promise<string>
  arrayBuffer(): Promise<ArrayBuffer>
}

export async function toAnswer(target: URL, response: RawResponse, maxBytes: number): Promise<TransportAnswer> {
  const { message } = response
  const body = message.headers['content-encoding'] === 'gzip' ? await unpack(target, response.body, maxBytes) : response.body
  return {
    status: message.statusCode ?? 0,
    statusText: message.statusMessage ?? '',
    url: target.href,
    headers: new Map(
      Object.entries(message.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
      ),
    ),
    text: () => Promise.resolve(body.toString('utf8')),
    arrayBuffer: () => Promise.resolve(new Uint8Array(body).buffer),
  }
}

function unpack(target: URL, packed: Buffer, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    process.getBuiltinModule('node:zlib').gunzip(packed, { maxOutputLength: maxBytes }, (error, body) => {
      if (!error) resolve(body)
      else if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') reject(tooLarge(target, maxBytes))
      else reject(new TransportError('lost', `the answer of ${target.host} is not the gzip it says it is`, { cause: error }))
    })
  })
}
