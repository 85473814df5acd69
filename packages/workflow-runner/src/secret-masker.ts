import { Buffer } from 'node:buffer'

/** Replaces secrets, and the forms in which they commonly appear, by `***`. */
export interface SecretMasker {
  add(secret: string): void
  mask(text: string): string
  /** The secrets as they were added. */
  readonly secrets: ReadonlySet<string>
}

/** Encodes the rules of the runner's `SecretMasker` and `ValueEncoders`: each encoded form of a secret is a secret too. */
export function createSecretMasker(initial: Iterable<string> = []): SecretMasker {
  const secrets = new Set<string>()
  const forms = new Set<string>()

  function add(secret: string): void {
    // Logs are masked a line at a time, so each line of a key has to be known by itself.
    for (const value of [secret, ...secret.split(/[\r\n]+/).map((line) => line.trim())]) {
      if (value.trim() === '') continue
      secrets.add(value)
      for (const form of encodedForms(value)) forms.add(form)
    }
  }

  for (const secret of initial) add(secret)
  return { add, mask: (text) => maskAll(text, forms), secrets }
}

function encodedForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  // A secret after `user:` starts at another bit of the base64 text, so all three alignments are masked.
  const base64 = [0, 1, 2].map((shift) => bytes.subarray(bytes.length > shift ? shift : 0).toString('base64'))
  const unquoted = secret.length > 8 && secret.startsWith('"') && secret.endsWith('"') ? [secret.slice(1, -1)] : []
  const xml = secret.replace(/[<>"'&]/g, (character) => xmlEntities[character] ?? character)
  return [
    secret,
    ...base64,
    ...unquoted,
    secret.replaceAll('"', '\\"'),
    secret.replaceAll("'", "''"),
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    xml,
  ]
}

const xmlEntities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '&': '&amp;' }

interface Range {
  readonly start: number
  readonly end: number
}

function maskAll(text: string, forms: ReadonlySet<string>): string {
  const ranges: Range[] = []
  for (const range of [...forms].flatMap((form) => findAll(text, form)).sort((a, b) => a.start - b.start)) {
    const last = ranges.at(-1)
    // Secrets that overlap or touch become one mask, so that their lengths do not show.
    if (last && range.start <= last.end) ranges[ranges.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    else ranges.push(range)
  }
  const ends = [0, ...ranges.map((range) => range.end)]
  return ranges.map((range, index) => `${text.slice(ends[index], range.start)}***`).join('') + text.slice(ends.at(-1))
}

function findAll(text: string, form: string): readonly Range[] {
  const found: Range[] = []
  for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) found.push({ start, end: start + form.length })
  return found
}
