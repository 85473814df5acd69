/** What a box stands for. */
export interface BoxKey {
  /** `cluster/namespace`. */
  readonly address: string
  readonly step: string
}

/** First line of every issue of a release; page 0 is the board itself. */
export function boardMarker(slug: string, page: number): string {
  return `<!-- switchyard:release board=${encodeName(slug)} page=${page} -->`
}

/** Which release and page an issue's body is of; undefined for a body that is no board. */
export function findBoardMarker(body: string): { readonly slug: string; readonly page: number } | undefined {
  const [, slug, page] = /^<!-- switchyard:release board=(\S+) page=(\d{1,6}) -->(?:\r?\n|$)/.exec(body) ?? []
  const name = slug === undefined ? undefined : decodeName(slug)
  return name === undefined ? undefined : { slug: name, page: Number(page) }
}

/** The end of a box's line: the step as people type it, and the customer, which nobody sees. */
export function keyOfBox({ address, step }: BoxKey): string {
  return `\`${encodeURIComponent(step.toWellFormed())}\` <!-- ${address.split('/').map(encodeName).join('/')} -->`
}

export interface Box extends BoxKey {
  readonly checked: boolean
  /** The line as it were with an empty box. */
  readonly empty: string
}

/** Source: GFM, task list items; GitHub writes `x`, people also write `X`. */
const BOX = /^- \[([ xX])\] (.*`([^\s`]+)` <!-- (\S+) -->)$/

export function findBox(line: string): Box | undefined {
  const [, state, rest, id, at] = BOX.exec(line) ?? []
  const address = at?.split('/').map(decodeName)
  const step = id === undefined ? undefined : decodeName(id)
  if (rest === undefined || step === undefined || address === undefined || !address.every((part) => part !== undefined)) return undefined
  return { address: address.join('/'), step, checked: state !== ' ', empty: `- [ ] ${rest}` }
}

/** Names of files need no escape but for `--`, which ends comments in some readers. Source: GFM 0.29, HTML comments. */
function encodeName(name: string): string {
  const safe = encodeURIComponent(name.toWellFormed()).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return safe.replaceAll('--', '-%2D')
}

function decodeName(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
