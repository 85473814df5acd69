import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '@switchyard/core'
import type { StepModel, WorkflowFault } from './workflow/model.ts'
import { findStepFaults, findStepIdFaults } from './workflow/model-faults.ts'
import { parseActionTemplate } from './workflow/parse-template.ts'
import { readStep } from './workflow/read-job.ts'
import { entriesOf, findKey, findText, itemsOf, type Template } from './workflow/template.ts'

/** One input as `action.yml` declares it; the default may hold expressions. */
export interface DeclaredInput {
  readonly default: string
  readonly deprecationMessage: string | undefined
}

interface ManifestBase {
  readonly name: string
  /** By name, in the order of the file. */
  readonly inputs: ReadonlyMap<string, DeclaredInput>
}

export interface JavaScriptManifest extends ManifestBase {
  readonly kind: 'javascript'
  readonly main: string
  readonly pre: string | undefined
  readonly post: string | undefined
  readonly preCondition: string
  readonly postCondition: string
}

export interface CompositeManifest extends ManifestBase {
  readonly kind: 'composite'
  readonly steps: readonly StepModel[]
  readonly outputs: ReadonlyMap<string, Template>
}

/** What the runner needs to know of an action. */
export type ActionManifest = JavaScriptManifest | CompositeManifest

export const MANIFEST_FILES = ['action.yml', 'action.yaml'] as const

/**
 * Reads an action's `action.yml` (or `action.yaml`); `named` is what errors call it.
 *
 * @throws UserError if there is none, or if it describes no action that this runner can run.
 */
export async function readActionManifest(folder: string, named: string = folder): Promise<ActionManifest> {
  for (const file of MANIFEST_FILES) {
    const text = await readFile(join(folder, file), 'utf8').catch(() => undefined)
    if (text !== undefined) return parseActionManifest(text, `${named}/${file}`)
  }
  throw new UserError('ACTION_NOT_FOUND', `${named} holds no action.yml`, {
    hint: 'Name the folder that holds the action; one of the workspace is there once a step has checked out the repository.',
  })
}

/** @throws UserError with every fault, if the text describes no action that this runner can run. */
export async function parseActionManifest(text: string, file: string): Promise<ActionManifest> {
  const parsed = await parseActionTemplate(file, text)
  if (!parsed.ok) throw refuse(file, parsed.faults)
  const { root } = parsed
  const runs = findKey(root, 'runs')
  const base = { name: findText(findKey(root, 'name')) ?? '', inputs: readInputs(findKey(root, 'inputs')) }
  const using = findText(findKey(runs, 'using')) ?? ''
  if (using === 'composite') return readComposite(base, { root, runs, file })
  // The runner has no newer Node, and runs what asks for an older one on this one too.
  if (!/^node\d+$/.test(using)) throw refuse(file, [{ file, at: root.at, message: `\`using: ${using}\` is not supported by this runner` }])
  return {
    ...base,
    kind: 'javascript',
    main: findText(findKey(runs, 'main')) ?? '',
    pre: findText(findKey(runs, 'pre')),
    post: findText(findKey(runs, 'post')),
    preCondition: findText(findKey(runs, 'pre-if')) ?? 'always()',
    postCondition: findText(findKey(runs, 'post-if')) ?? 'always()',
  }
}

interface CompositeSource {
  readonly root: Template
  readonly runs: Template | undefined
  readonly file: string
}

function readComposite(base: ManifestBase, { root, runs, file }: CompositeSource): CompositeManifest {
  const steps = itemsOf(findKey(runs, 'steps')).map(readStep)
  const faults = [...findStepIdFaults(steps), ...steps.flatMap(findStepFaults)].map((fault) => ({ file, ...fault }))
  if (faults.length > 0) throw refuse(file, faults)
  const outputs = entriesOf(findKey(root, 'outputs')).flatMap(({ key, value }): [string, Template][] => {
    const output = findKey(value, 'value')
    return output === undefined ? [] : [[key, output]]
  })
  return { ...base, kind: 'composite', steps, outputs: new Map(outputs) }
}

function readInputs(inputs: Template | undefined): ReadonlyMap<string, DeclaredInput> {
  return new Map(
    entriesOf(inputs).map(({ key, value }) => [
      key,
      { default: findText(findKey(value, 'default')) ?? '', deprecationMessage: findText(findKey(value, 'deprecationMessage')) },
    ]),
  )
}

function refuse(file: string, faults: readonly WorkflowFault[]): UserError {
  const lines = faults.map(({ at, message }) => `${file}:${at.line}:${at.column}: ${message}`)
  return new UserError('ACTION_INVALID', lines.join('\n'), { hint: "See GitHub's metadata syntax for actions." })
}
