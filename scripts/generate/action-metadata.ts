import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ActionSpec } from '@switchyard/action'
import { Document } from 'yaml'
import { root } from '../repository.ts'
import { allOutputs, describeDefault, renderInputs, renderOutputs, renderReasonCodes } from './describe-spec.ts'
import type { Generator } from './generator.ts'
import { readSpecs } from './read-modules.ts'

/** `action.yml` of each action and the tables in its README, from its registry. */
export const actionMetadata: Generator = {
  name: 'action metadata',
  owns: [],
  async files() {
    const specs = await readSpecs()
    return new Map(
      specs.flatMap(({ folder, spec }) => {
        const readme = `actions/${folder}/README.md`
        return [
          [`actions/${folder}/action.yml`, renderActionYml(spec)] as const,
          [readme, fillSections(readme, readFileSync(join(root, readme), 'utf8'), spec)] as const,
        ]
      }),
    )
  },
}

export function renderActionYml(spec: ActionSpec): string {
  const inputs = Object.entries(spec.inputs).map(([name, input]) => {
    const value = describeDefault(input)
    return [
      name,
      { description: input.description, required: input.required ?? false, ...(value === undefined ? {} : { default: value }) },
    ] as const
  })
  const outputs = Object.entries(allOutputs(spec)).map(([name, description]) => [name, { description }] as const)
  const document = new Document({
    name: spec.name,
    description: spec.description,
    author: spec.author ?? 'Switchyard',
    branding: spec.branding,
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
    runs: { using: 'node24', main: 'dist/index.js' },
  })
  document.commentBefore = ' Made from src/inputs.ts by `npm run generate`.'
  return document.toString({ lineWidth: 0, singleQuote: true })
}

/**
 * A README with its generated sections filled: what stands between `<!-- inputs -->` and `<!-- /inputs -->`, and likewise
 * `outputs` and `reason-codes`.
 *
 * @throws Error if a section is missing.
 */
export function fillSections(file: string, text: string, spec: ActionSpec): string {
  const sections = { inputs: renderInputs(spec), outputs: renderOutputs(spec), 'reason-codes': renderReasonCodes(spec) }
  return Object.entries(sections).reduce((result, [name, content]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const [from, to] = [result.indexOf(start), result.indexOf(end)]
    if (from < 0 || to < from) throw new Error(`${file} needs a section ${start} … ${end} for its generated table`)
    return `${result.slice(0, from + start.length)}\n${content}\n${result.slice(to)}`
  }, text)
}
