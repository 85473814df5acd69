import { UserError, canonicalJson, isJsonObject } from '@switchyard/core'

/** One combination of a matrix: the `matrix` context of a job. */
export type Combination = Readonly<Record<string, unknown>>

/** Jobs that one matrix may make. Source: docs.github.com, "Actions limits". */
const MOST = 256

/**
 * The combinations of a matrix whose expressions have been evaluated, in GitHub's order: all axes crossed, `exclude` taken
 * away, then each `include` added to the combinations it fits without changing an axis, or as one of its own.
 *
 * Source: docs.github.com, "Running variations of jobs in a workflow".
 *
 * @throws UserError for an axis that is no list or is empty, and for more combinations than GitHub allows.
 */
export function expandMatrix(matrix: unknown): readonly Combination[] {
  if (!isJsonObject(matrix)) throw refuse('`matrix` must be a mapping')
  const { include = [], exclude = [], ...axes } = matrix
  const crossed = crossAxes(axes).filter((each) => !listOf(exclude, 'exclude').some((wanted) => isPartOf(wanted, each)))
  const all = addIncludes(crossed, { axes: Object.keys(axes), include: listOf(include, 'include') })
  if (all.length === 0) throw refuse('the matrix has no combination')
  if (all.length > MOST) throw refuse(`the matrix has ${all.length} combinations, ${MOST} is the most`)
  return all
}

function crossAxes(axes: Readonly<Record<string, unknown>>): readonly Combination[] {
  if (Object.keys(axes).length === 0) return []
  return Object.entries(axes).reduce<readonly Combination[]>(
    (combinations, [name, values]) => {
      if (!Array.isArray(values)) throw refuse(`\`${name}\` of the matrix must be a list`)
      if (values.length === 0) throw refuse(`Matrix vector '${name}' does not contain any values`)
      return combinations.flatMap((each) => values.map((value: unknown) => ({ ...each, [name]: value })))
    },
    [{}],
  )
}

interface Includes {
  readonly axes: readonly string[]
  readonly include: readonly Combination[]
}

function addIncludes(crossed: readonly Combination[], { axes, include }: Includes): readonly Combination[] {
  const grown = crossed.map((each) => ({ original: each, now: each }))
  const added: Combination[] = []
  for (const extra of include) {
    const onAxes = Object.fromEntries(Object.entries(extra).filter(([name]) => axes.includes(name)))
    const fitting = grown.filter(({ original }) => isPartOf(onAxes, original))
    for (const each of fitting) each.now = { ...each.now, ...extra }
    if (fitting.length === 0) added.push(extra)
  }
  return [...grown.map(({ now }) => now), ...added]
}

function isPartOf(wanted: Combination, combination: Combination): boolean {
  return Object.entries(wanted).every(([name, value]) => name in combination && canonicalJson(value) === canonicalJson(combination[name]))
}

function listOf(value: unknown, name: string): readonly Combination[] {
  if (!Array.isArray(value) || !value.every(isJsonObject)) throw refuse(`\`${name}\` of the matrix must be a list of mappings`)
  return value
}

/** What GitHub writes behind a job's name: `build` becomes `build (ubuntu-24.04, 22)`. */
export function renderCombination(combination: Combination): string {
  const leaves = (value: unknown): readonly string[] => {
    if (Array.isArray(value)) return value.flatMap(leaves)
    if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves)
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [String(value)].filter((text) => text !== '')
      : []
  }
  const texts = leaves(combination)
  return texts.length === 0 ? '' : ` (${texts.join(', ')})`
}

const refuse = (message: string): UserError => new UserError('MATRIX_INVALID', message, { hint: 'See `strategy.matrix` of the job.' })
