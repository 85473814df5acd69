import { join } from 'node:path'
import type { Scalar } from 'yaml'
import { type ActionMetadata, findActionMetadata, isInside } from './action-metadata.ts'
import { asMap, type Finding, findPair, findText, offsetOf, type Part, readSteps, type YamlFile } from './yaml-file.ts'

/** Steps that use an action by `./path`: whether it is there, and whether it takes what it is given. The language service leaves them out. */
export async function findInLocalActions(file: YamlFile, repository: string): Promise<readonly Finding[]> {
  const found = await Promise.all(
    readSteps(file).map(async (step) => {
      const uses = findText(file.document, step.map, 'uses')
      return uses?.value.startsWith('./') === true ? findInStep(file, step, { uses, repository }) : []
    }),
  )
  return found.flat()
}

interface LocalUse {
  readonly uses: Scalar & { readonly value: string }
  readonly repository: string
}

async function findInStep(file: YamlFile, { map }: Part, { uses, repository }: LocalUse): Promise<readonly Finding[]> {
  const folder = join(repository, uses.value)
  const metadata = isInside(repository, folder) ? await findActionMetadata(folder) : undefined
  const offset = offsetOf(uses)
  if (metadata === undefined) {
    // A checkout or an earlier step may put it there.
    const message = `There is no action in ${uses.value} of this repository`
    return [
      {
        code: 'action-not-found',
        message,
        hint: 'Name the folder that holds its action.yml, from the root of the repository.',
        severity: 'warning',
        offset,
      },
    ]
  }
  const given = asMap(file.document, map.get('with', true))
  const names = new Map((given?.items ?? []).map(({ key }) => [String(key), offsetOf(key)]))
  return [...findUnknown(metadata, names), ...findMissing(metadata, names, offset)]
}

/** Runners do not tell upper from lower case in the names of inputs. */
const isSame = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()

function findUnknown({ inputs }: ActionMetadata, given: ReadonlyMap<string, number>): readonly Finding[] {
  const known = Object.keys(inputs)
  return [...given]
    .filter(([name]) => !known.some((input) => isSame(input, name)))
    .map(([name, offset]) => ({
      code: 'unknown-input',
      message: `The action has no input ${name}`,
      hint: known.length === 0 ? 'It has none.' : `It has: ${known.join(', ')}.`,
      severity: 'error',
      offset,
    }))
}

function findMissing({ inputs }: ActionMetadata, given: ReadonlyMap<string, number>, offset: number): readonly Finding[] {
  return Object.entries(inputs)
    .filter(
      ([name, input]) => input.required === true && input.default === undefined && ![...given.keys()].some((key) => isSame(key, name)),
    )
    .map(([name]) => ({
      code: 'missing-input',
      message: `The action needs the input ${name}`,
      hint: `Add \`${name}:\` under \`with:\`.`,
      severity: 'error',
      offset,
    }))
}

/** Whether a job of the workflow is a workflow of another repository, which cannot be read here. */
export function callsElsewhere(file: YamlFile, jobs: readonly Part[]): boolean {
  return jobs.some(
    ({ map }) => findPair(map, 'uses') !== undefined && !/^(\.|\$)\//.test(findText(file.document, map, 'uses')?.value ?? ''),
  )
}
