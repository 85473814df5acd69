// Importing this loads GitHub's parser: `@switchyard/workflow-runner/register-json` has to be there before.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type ActionsMetadataProvider, registerLogger, validate, type ValidationConfig } from '@actions/languageservice'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { findActionMetadata, findOwnMetadata, isInside } from './action-metadata.ts'

/** A fault that GitHub's language service found; places count from 1. */
export interface ServiceFault {
  readonly code: string | undefined
  readonly message: string
  readonly severity: 'error' | 'warning'
  readonly line: number
  readonly column: number
}

export interface ServiceQuestion {
  readonly repository: string
  /** Relative to the repository: it says whether this is a workflow or an action. */
  readonly path: string
  readonly text: string
  /** Whether workflows that it calls are read: those of its own repository can be. */
  readonly followsCalls: boolean
}

const ERROR = 1
const nothing = (): void => undefined
/** What the service could not cope with: it logs that and goes on. */
const breakdowns: string[] = []
registerLogger({ error: (message) => void breakdowns.push(message), warn: nothing, info: nothing, log: nothing })

/**
 * What GitHub's language service says about a workflow or an `action.yml`. One at a time. A file that it breaks down over is a fault,
 * too: it was not checked.
 */
export async function askLanguageService({ repository, path, text, followsCalls }: ServiceQuestion): Promise<readonly ServiceFault[]> {
  const uri = pathToFileURL(join(repository, path)).href
  const config: ValidationConfig = {
    actionsMetadataProvider: metadataProvider(repository),
    ...(followsCalls ? { fileProvider: fileProvider(repository) } : {}),
  }
  breakdowns.length = 0
  const diagnostics = await validate(TextDocument.create(uri, 'yaml', 1, text), config)
  const broken = breakdowns.map((message): ServiceFault => ({ code: 'not-checked', message, severity: 'error', line: 1, column: 1 }))
  const found = diagnostics.map(({ code, message, severity = ERROR, range }): ServiceFault => ({
    code: typeof code === 'string' ? code : undefined,
    message: typeof message === 'string' ? message : message.value,
    severity: severity === ERROR ? 'error' : 'warning',
    line: range.start.line + 1,
    column: range.start.character + 1,
  }))
  return [...broken, ...found]
}

/** Our own actions and those of the repository are known; of others nothing is, and nothing is said. */
function metadataProvider(repository: string): ActionsMetadataProvider {
  return {
    async fetchActionMetadata({ owner, name, path = '' }) {
      const isOwn = owner.toLowerCase() === 'switchyard' && name.toLowerCase() === 'switchyard'
      const found = isOwn ? await findOwnMetadata(path) : owner === '.' ? await findActionMetadata(join(repository, name, path)) : 'unknown'
      return found === 'unknown' ? { name, description: '' } : found
    },
  }
}

function fileProvider(repository: string): NonNullable<ValidationConfig['fileProvider']> {
  return {
    async getFileContent({ path, ...reference }) {
      const file = join(repository, path)
      if ('owner' in reference || !isInside(repository, file)) throw new Error(`${path} is not in this repository`)
      return { name: path, content: await readFile(file, 'utf8') }
    },
  }
}
