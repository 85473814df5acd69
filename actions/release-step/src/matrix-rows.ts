import { addressOf, type Category, type CustomerState, type Matrix, NEW_CUSTOMER, type ReleaseState, stepsOf } from '@switchyard/releasing'
import type { KnownCustomer, KnownStep, MatrixRow } from '@switchyard/releasing/files'

export interface KnownCells {
  readonly steps: readonly KnownStep[]
  readonly customers: readonly KnownCustomer[]
  readonly customSteps: ReadonlyMap<string, readonly KnownStep[]>
}

/** What a matrix of this release may name: the template's steps, and by customer its own ones and those that outlived their template. */
export function knownCellsOf(release: ReleaseState, { steps: names, customers: rows }: Matrix): KnownCells {
  const toKnown = ({ id, category, name }: { readonly id: string; readonly category: Category; readonly name: string }): KnownStep => ({
    id,
    category,
    name,
  })
  const gone = release.steps.filter(({ removed }) => removed)
  const customSteps = Object.entries(rows).map(([address, { cells, own = {} }]) => {
    const outlived = gone.filter(({ id }) => (cells[names.indexOf(`-${id}`)] ?? ' ') !== ' ')
    return [address, [...outlived.map(toKnown), ...Object.entries(own).map(([id, step]) => toKnown({ ...step, id }))]] as const
  })
  return {
    steps: release.steps.filter(({ removed }) => !removed).map(toKnown),
    customers: release.customers,
    customSteps: new Map(customSteps),
  }
}

/** Every copy of every step, customer by customer, as a matrix tells it. */
export function rowsOf(release: ReleaseState, stateOf: (address: string) => CustomerState | null): readonly MatrixRow[] {
  return release.customers.flatMap(({ cluster, namespace }) => {
    const customer = stateOf(addressOf({ cluster, namespace })) ?? NEW_CUSTOMER
    return stepsOf(release, customer).map(({ id, category, status, cell }): MatrixRow => {
      const isPending = status === 'pending'
      return {
        cluster,
        namespace,
        category,
        step: id,
        status,
        executedAt: isPending ? undefined : (cell?.executed_at ?? undefined),
        executedBy: isPending ? undefined : (cell?.executed_by ?? undefined),
        reason: isPending ? undefined : (cell?.skip_reason ?? undefined),
        notes: isPending ? undefined : (cell?.notes ?? undefined),
      }
    })
  })
}
