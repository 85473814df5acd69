import type { ActionSpec } from '@switchyard/action'
import { renderInputs, renderOutputs, renderReasonCodes } from './describe-spec.ts'
import type { Generator } from './generator.ts'
import { readSpecs } from './read-modules.ts'

const folder = 'docs/reference'

/** One page for each action under `docs/reference`, and a page that lists them. */
export const actionReference: Generator = {
  name: 'reference',
  owns: [],
  async files() {
    const specs = await readSpecs()
    if (specs.length === 0) return new Map()
    const pages = specs.map(({ folder: name, spec }) => [`${folder}/${name}.md`, renderPage(name, spec)] as const)
    return new Map([[`${folder}/README.md`, renderIndex(specs.map(({ folder: name, spec }) => [name, spec.description]))], ...pages])
  },
}

const note = '<!-- Made by `npm run generate`. -->'

function renderIndex(actions: readonly (readonly [name: string, description: string])[]): string {
  const links = actions.map(([name, description]) => `- [\`${name}\`](${name}.md): ${description}`)
  const others = [
    '- [`switchyard`](cli.md): The command line',
    '- [Slash commands](slash-commands.md): How they are typed, and who may use them',
    '- [The embedded GitHub](local-github.md): What it serves',
  ]
  return [note, '# Reference', '', ...links, ...others, ''].join('\n')
}

function renderPage(name: string, spec: ActionSpec): string {
  const sections = [
    `${note}\n# \`${name}\``,
    spec.description,
    `How to use it: [actions/${name}](../../actions/${name}/README.md).`,
    `## Inputs\n\n${renderInputs(spec)}`,
    `## Outputs\n\n${renderOutputs(spec)}`,
    `## Reason codes\n\n${renderReasonCodes(spec)}`,
    `The JSON in \`result\` has \`schema_version\` ${spec.schemaVersion}.`,
  ]
  return `${sections.join('\n\n')}\n`
}
