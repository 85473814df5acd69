import type { Oid } from './types.ts'

export interface PushCommand {
  readonly old: Oid
  readonly new: Oid
  readonly ref: string
}

export interface Push {
  readonly commands: readonly PushCommand[]
  readonly capabilities: ReadonlySet<string>
  readonly pack: Buffer
}

export interface PushRefusal {
  readonly ref: string
  /** What `git push` prints behind `[remote rejected]`. */
  readonly reason: string
  /** Lines that `git push` prints behind `remote:`. */
  readonly details: readonly string[]
}

/** Reads the ref changes that stand before the pack. Source: git-scm.com/docs/pack-protocol, "Reference Update Request". */
export function parsePush(body: Buffer): Push {
  const commands: PushCommand[] = []
  let capabilities = new Set<string>()
  let at = 0
  while (at + 4 <= body.length) {
    const length = Number.parseInt(body.toString('latin1', at, at + 4), 16)
    if (length < 4) break
    const [line = '', rest] = body
      .toString('utf8', at + 4, at + length)
      .replace(/\n$/, '')
      .split('\0')
    if (rest !== undefined) capabilities = new Set(rest.trim().split(' '))
    const [old = '', next = '', ref = ''] = line.split(' ')
    if (/^[0-9a-f]{40}$/.test(old)) commands.push({ old, new: next, ref })
    at += length
  }
  const pack = body.indexOf('PACK', at + 4)
  return { commands, capabilities, pack: pack < 0 ? Buffer.alloc(0) : body.subarray(pack) }
}

/** The answer to a push of which nothing was taken. */
export function renderPushReport(push: Push, refusals: readonly PushRefusal[]): Buffer {
  const reasons = new Map(refusals.map((refusal) => [refusal.ref, refusal.reason]))
  const lines = push.commands.map(({ ref }) => `ng ${ref} ${reasons.get(ref) ?? 'atomic push failure'}\n`)
  const report = Buffer.concat(['unpack ok\n', ...lines].map((line) => packet(Buffer.from(line, 'utf8'))).concat(Buffer.from('0000')))
  if (!push.capabilities.has('side-band-64k')) return report
  const said = refusals.flatMap((refusal) => refusal.details).map((line) => band(2, Buffer.from(`${line}\n`, 'utf8')))
  return Buffer.concat([...said, band(1, report), Buffer.from('0000')])
}

function packet(data: Buffer): Buffer {
  return Buffer.concat([Buffer.from((data.length + 4).toString(16).padStart(4, '0'), 'latin1'), data])
}

function band(number: 1 | 2, data: Buffer): Buffer {
  return packet(Buffer.concat([Buffer.from([number]), data]))
}
