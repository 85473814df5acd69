import type { BootstrapRequest } from '@switchyard/bootstrapping'
import { type Fault, UserError } from '@switchyard/core'
import type { ParsedCatalogue } from '@switchyard/bootstrapping/catalogue'
import type { Arguments } from './run.ts'

type Catalogue = Extract<ParsedCatalogue, { ok: true }>['catalogue']

/** Where a request is written down. */
export type RequestSource = { readonly kind: 'inputs' } | { readonly kind: 'file'; readonly path: string } | { readonly kind: 'form' }

/** A file that is named comes first, then the inputs, then the issue. @throws {UserError} `REQUEST_INVALID` when nothing says what is wanted. */
export function findSource({ requestPath, owner, name }: Arguments['inputs'], hasIssue: boolean): RequestSource {
  if (requestPath !== undefined) return { kind: 'file', path: requestPath }
  if (owner !== undefined && name !== undefined) return { kind: 'inputs' }
  if (hasIssue && owner === undefined && name === undefined) return { kind: 'form' }
  throw new UserError('REQUEST_INVALID', 'Which repository is wanted is not said.', {
    hint: 'Give `owner` and `name`, or `request-path`, or start the run from an issue of the form.',
  })
}

export interface Written {
  /** The file's text, where the source is a file; undefined when it is not there. */
  readonly file: string | undefined
  /** The issue's body as it is now. */
  readonly body: string | undefined
  readonly catalogue: Catalogue
}

/** What is asked for. @throws {UserError} `REQUEST_INVALID` with everything that is wrong with it. */
export async function readRequest(
  source: RequestSource,
  inputs: Arguments['inputs'],
  { file, body, catalogue }: Written,
): Promise<BootstrapRequest> {
  const { parseIssueForm, parseRequest, parseSelections } = await import('@switchyard/bootstrapping/catalogue')
  switch (source.kind) {
    case 'file': {
      if (file === undefined) {
        throw new UserError('REQUEST_INVALID', `There is no file ${source.path} in the default branch.`, { hint: 'Check `request-path`.' })
      }
      const parsed = parseRequest(file, { file: source.path })
      if (!parsed.ok) throw invalid(parsed.faults, source.path)
      return parsed.request
    }
    case 'form': {
      const parsed = parseIssueForm(body ?? '', catalogue)
      if (!parsed.ok) throw invalid(parsed.faults, 'the issue')
      return parsed.request
    }
    case 'inputs': {
      const selected = parseSelections(inputs.selections ?? '')
      if (!selected.ok) throw invalid(selected.faults, '`selections`')
      const parsed = parseRequest(
        {
          repo_owner: inputs.owner ?? '',
          repo_slug: inputs.name ?? '',
          visibility: inputs.visibility,
          selected_options: toJson(selected.selected),
        },
        { file: 'inputs' },
      )
      if (!parsed.ok) {
        throw invalid(
          parsed.faults.map(({ place: _, ...fault }) => fault),
          'the inputs',
        )
      }
      return parsed.request
    }
  }
}

function toJson(selected: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(selected).map(([category, options]) => [category, [...options]]))
}

export function invalid(faults: readonly Fault[], where: string): UserError {
  const [first] = faults
  const message = `What ${where} asks for is not a request: ${first?.message ?? ''}${faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''}`
  return new UserError('REQUEST_INVALID', message, { faults, ...(first?.hint === undefined ? {} : { hint: first.hint }) })
}
