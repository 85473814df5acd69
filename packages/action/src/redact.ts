/** What a secret is replaced by. */
const HIDDEN = '***'

/** Shorter texts would tear holes into everything that is written. */
const SHORTEST = 4
/** A line of a key that is worth hiding by itself. */
const SHORTEST_LINE = 8

/** Secrets that can be told by their shape, whether we were given them or not. */
const SHAPES: readonly RegExp[] = [
  /\bgh[a-z]_[\w.-]{16,}/g,
  /\bgithub_pat_\w{16,}/g,
  /\bv1\.[0-9a-f]{40}\b/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g,
  /(?<=\bhttps?:\/\/)[^\s/@]+:[^\s/@]+(?=@)/g,
]

/** The last net: everything an action writes passes through `redact`. */
export interface Redactor {
  /** Hides this secret from now on; answers every form of it that the runner should hide as well. */
  add(secret: string): readonly string[]
  redact(text: string): string
}

export function createRedactor(): Redactor {
  const known = new Set<string>()
  let longestFirst: readonly string[] = []
  return {
    add(secret) {
      const forms = formsOf(secret).filter((form) => !known.has(form))
      for (const form of forms) known.add(form)
      longestFirst = [...known].sort((left, right) => right.length - left.length)
      return forms
    },
    redact(text) {
      const withoutKnown = longestFirst.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text)
      return SHAPES.reduce((rest, shape) => rest.replace(shape, HIDDEN), withoutKnown)
    },
  }
}

/** A secret as it may turn up: whole, line by line, in JSON, in a URL, in base64, as the password of basic authentication. */
function formsOf(secret: string): string[] {
  const whole = secret.trim()
  if (whole.length < SHORTEST) return []
  const lines = whole.split(/\r\n|\r|\n|\\n/).map((line) => line.trim())
  const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')
  return [
    ...new Set([
      whole,
      JSON.stringify(whole).slice(1, -1),
      encodeURIComponent(whole),
      base64(whole),
      base64(whole).replace(/=+$/, ''),
      base64(`x-access-token:${whole}`),
      ...(lines.length > 1 ? lines.filter((line) => line.length >= SHORTEST_LINE && !line.startsWith('-----')) : []),
    ]),
  ]
}
