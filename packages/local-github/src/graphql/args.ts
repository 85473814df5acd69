/**
 * The arguments of a field, or a mutation's input, after graphql-js has coerced them by the schema. Each reader names the type the schema
 * declares; a mismatch is a fault of this package, not of the caller.
 */
export class Args {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined
  }

  text(name: string): string {
    return this.findText(name) ?? this.#mismatch(name, 'a text')
  }

  /** Undefined for an absent value and for null: GitHub treats both as not given. */
  findText(name: string): string | undefined {
    const value = this.#values[name] ?? undefined
    return value === undefined || typeof value === 'string' ? value : this.#mismatch(name, 'a text')
  }

  findNumber(name: string): number | undefined {
    const value = this.#values[name] ?? undefined
    return value === undefined || typeof value === 'number' ? value : this.#mismatch(name, 'a number')
  }

  flag(name: string): boolean {
    const value = this.#values[name] ?? false
    return typeof value === 'boolean' ? value : this.#mismatch(name, 'a boolean')
  }

  findTexts(name: string): readonly string[] | undefined {
    const value = this.#values[name] ?? undefined
    if (value === undefined) return undefined
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : this.#mismatch(name, 'a list of texts')
  }

  inside(name: string): Args {
    return this.findInside(name) ?? this.#mismatch(name, 'an object')
  }

  findInside(name: string): Args | undefined {
    const value = this.#values[name] ?? undefined
    if (value === undefined) return undefined
    return isRecord(value) ? new Args(value) : this.#mismatch(name, 'an object')
  }

  list(name: string): readonly Args[] {
    const value = this.#values[name] ?? []
    if (!Array.isArray(value)) return this.#mismatch(name, 'a list')
    return value.map((item: unknown) => (isRecord(item) ? new Args(item) : this.#mismatch(name, 'a list of objects')))
  }

  #mismatch(name: string, wanted: string): never {
    throw new TypeError(`the argument ${name} is not ${wanted}`)
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
