import { data } from '@actions/expressions'

/**
 * The library's dictionary looks keys up in a plain object, where `constructor` is found though nobody added it. This one does not.
 * Keys are given in lower case, as slugs are, and found in any.
 */
export class OwnDictionary extends data.Dictionary {
  readonly #members = new Map<string, data.ExpressionData>()

  constructor(members: readonly (readonly [string, data.ExpressionData])[]) {
    super()
    this.#members = new Map(members)
  }

  override get(key: string): data.ExpressionData | undefined {
    return this.#members.get(key.toLowerCase())
  }

  override values(): data.ExpressionData[] {
    return [...this.#members.values()]
  }

  override pairs(): ReturnType<data.Dictionary['pairs']> {
    return [...this.#members].map(([key, value]) => ({ key, value }))
  }
}
