import { findNearest } from '@switchyard/core'
import { quote } from '../files/quote.ts'
import { addressOf, type Category, type Customer, type TemplateStep } from '../model.ts'
import type { CellFault } from './header.ts'
import type { CsvCell } from './read-csv.ts'

export type KnownStep = Pick<TemplateStep, 'id' | 'category' | 'name'>
export type KnownCustomer = Pick<Customer, 'cluster' | 'namespace'>

/** What a matrix may name. */
export interface Known {
  /** The template's, which every customer has. */
  readonly steps: readonly KnownStep[]
  readonly customers: readonly KnownCustomer[]
  /** A customer's own steps, by its address. Default: none has any. */
  readonly customSteps?: ReadonlyMap<string, readonly KnownStep[]>
}

/** Looks up customers and steps as matrices write them. Each word is compared with all others once, however often it is wrong. */
export function lookupIn({ steps, customers, customSteps }: Known): {
  findCustomer(cluster: CsvCell, namespace: CsvCell): KnownCustomer | CellFault
  findStep(cell: CsvCell, of: { readonly category: Category; readonly customer: KnownCustomer }): KnownStep | CellFault
} {
  const byAddress = new Map(customers.map((customer) => [addressOf(customer), customer]))
  const nearAddress = remember((word: string) => findNearest(word, [...byAddress.keys()]))
  return {
    findCustomer(cluster, namespace) {
      const address = `${cluster.text}/${namespace.text}`
      const near = byAddress.has(address) ? undefined : nearAddress(address)
      const hint = near === undefined ? 'Add the customer to the release first, or delete the line.' : `Did you mean ${quote(near)}?`
      const message = `The release has no customer ${quote(address)}.`
      return byAddress.get(address) ?? { code: 'unknown-customer', message, hint, offset: cluster.offset }
    },
    findStep({ text, offset }, { category, customer }) {
      const all = [...steps, ...(customSteps?.get(addressOf(customer)) ?? [])]
      const inCategory = all.filter((step) => step.category === category)
      const named = inCategory.filter(({ name }) => name === text)
      const found = inCategory.find(({ id }) => id === text) ?? (named.length === 1 ? named[0] : undefined)
      if (found) return found
      const elsewhere = all.find(({ id }) => id === text)
      const hint = elsewhere ? `It is a ${elsewhere.category} step.` : hintFor(text, { named, inCategory })
      return { code: 'unknown-step', message: `There is no ${category} step ${quote(text)}.`, hint, offset }
    },
  }
}

interface Choice {
  readonly named: readonly KnownStep[]
  readonly inCategory: readonly KnownStep[]
}

function hintFor(text: string, { named, inCategory }: Choice): string {
  const ids = inCategory.map(({ id }) => id)
  const list = (some: readonly string[]): string => some.slice(0, 10).map(quote).join(', ')
  if (named.length > 1) return `Several go by this name; write the id: ${list(named.map(({ id }) => id))}.`
  const near = findNearest(text, ids)
  if (near !== undefined) return `Did you mean ${quote(near)}?`
  return ids.length === 0 ? 'The release has none of this category.' : `Steps go by their ids: ${list(ids)}.`
}

function remember<Result>(find: (word: string) => Result): (word: string) => Result {
  const known = new Map<string, Result>()
  return (word) => {
    const found = known.get(word) ?? find(word)
    known.set(word, found)
    return found
  }
}
