import { actionMetadata } from './action-metadata.ts'
import { actionReference } from './action-reference.ts'
import { cliReference } from './cli-reference.ts'
import type { Generator } from './generator.ts'
import { jsonSchemas } from './json-schemas.ts'
import { localGitHubReference } from './local-github-reference.ts'
import { slashCommandsReference } from './slash-commands-reference.ts'

/** Everything in the repository that is made from its sources, bundles apart. */
export const generators: readonly Generator[] = [
  actionMetadata,
  actionReference,
  cliReference,
  jsonSchemas,
  localGitHubReference,
  slashCommandsReference,
]
