import { GitHubError } from '@switchyard/core'

/** One packet of git's wire format: its content, or undefined for a flush. Source: git-scm.com/docs/protocol-common. */
export type Packet = Buffer | undefined

export const FLUSH = Buffer.from('0000', 'latin1')

export function renderPacket(content: string): Buffer {
  const bytes = Buffer.from(content, 'utf8')
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, '0'), 'latin1'), bytes])
}

/** @throws {GitHubError} `GITHUB_UNEXPECTED` for what is no sequence of packets. */
export function parsePackets(bytes: Uint8Array): readonly Packet[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const packets: Packet[] = []
  for (let at = 0; at < buffer.length;) {
    const digits = buffer.toString('latin1', at, at + 4)
    const length = /^[0-9a-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : Number.NaN
    if (!(length === 0 || length >= 4) || at + length > buffer.length) throw notGit()
    packets.push(length === 0 ? undefined : buffer.subarray(at + 4, at + length))
    at += length === 0 ? 4 : length
  }
  return packets
}

export interface Bands {
  readonly data: Buffer
  /** What a person is told, as `git` prints it behind `remote:`. */
  readonly messages: readonly string[]
  /** Why the server stopped. */
  readonly fatal: string | undefined
}

/** Takes apart what a server sends at once: the answer, words for a person, a last word. Source: git-scm.com/docs/gitprotocol-pack. */
export function splitBands(packets: readonly Packet[]): Bands {
  const bands: [Buffer[], Buffer[], Buffer[]] = [[], [], []]
  for (const packet of packets) {
    const number = packet?.[0]
    if (packet === undefined || number === undefined) continue
    const band = bands[number - 1]
    if (band === undefined) throw notGit()
    band.push(packet.subarray(1))
  }
  const [data, words, fatal] = bands
  const messages = Buffer.concat(words)
    .toString('utf8')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return { data: Buffer.concat(data), messages, fatal: fatal.length === 0 ? undefined : Buffer.concat(fatal).toString('utf8').trim() }
}

/** A line of text, without the newline that may end it. */
export function toLine(packet: Buffer): string {
  return packet.toString('utf8').replace(/\n$/, '')
}

export function notGit(cause?: unknown): GitHubError {
  return new GitHubError('GITHUB_UNEXPECTED', 'git: the answer is not what git servers send', { status: 200, route: 'git', cause })
}
