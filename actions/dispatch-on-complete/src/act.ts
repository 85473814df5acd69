import type { Outcome } from '@switchyard/action'
import { UserError } from '@switchyard/core'
import type { DispatchConfig, DispatchOptions, SourceRepository } from '@switchyard/dispatching'
import { parseDispatching } from '@switchyard/dispatching/config'
import { parseRepository, parseRun, type RepositoryFacts } from '@switchyard/github/operations'
import { toCompletedRun } from './completed-run.ts'
import { decideRun } from './decide-run.ts'
import { performRun } from './perform-run.ts'
import type { Observed } from './observe.ts'
import { createReach } from './reach.ts'
import { recoverOthers } from './recover.ts'
import { reportResults } from './report.ts'
import type { Arguments, Spec } from './run.ts'
import { firstFile } from './targets.ts'

/** Everything after the first answer. */
export async function act(given: Arguments, observed: Observed): Promise<Outcome<Spec>> {
  const { inputs, context } = given
  const source = parseRepository(observed.source, observed.sourceWanted)
  if (source === undefined) throw sourceNotSeen(context.repository.fullName)
  const reach = createReach(given, observed)
  const loaded = inputs.dryRun ? observed.loaded : await recoverOthers(given, { observed, reach })
  const config = readConfig(given, { source, paths: observed.sourceWanted.files })
  if (config === undefined && inputs.configPath !== undefined) throw configNotFound(context.repository.fullName, inputs.configPath)
  if (config === undefined) {
    return nothing('no-config', `${context.repository.fullName} has no ${observed.sourceWanted.files.join(' or ')} in its default branch.`)
  }
  const options: DispatchOptions = {
    allowForks: inputs.allowForks,
    onRerun: inputs.onRerun,
    maxDepth: inputs.maxDepth,
    defaultRef: inputs.defaultRef,
    credential: reach.credential,
  }
  const repository: SourceRepository = { id: source.id, nameWithOwner: source.nameWithOwner, visibility: source.visibility }
  const told = toCompletedRun(parseRun(observed.event.payload))
  const scene = { config, source: repository, options, told, loaded, sourceDefaultBranch: source.defaultBranch }
  const decision = await decideRun(given, { observed, reach, scene })
  if (decision === undefined) return nothing('no-rule', `No outbound rule is for ${told.path}.`)
  const performed = await performRun(given, { observed, reach, source, decision, loaded })
  return reportResults(given, { observed, source, decision, performed })
}

function nothing(reasonCode: 'no-config' | 'no-rule', headline: string): Outcome<Spec> {
  return {
    decision: 'nothing-to-do',
    reasonCode,
    headline,
    result: {},
    annotations: reasonCode === 'no-config' ? [{ level: 'notice', message: headline }] : [],
  }
}

/** @throws {UserError} `CONFIG_INVALID` with every fault of the file. */
function readConfig(
  { context, io }: Arguments,
  { source, paths }: { readonly source: RepositoryFacts; readonly paths: readonly string[] },
): DispatchConfig | undefined {
  const file = firstFile(source, paths)
  if (file === undefined) return undefined
  if (file.fault !== undefined) {
    throw new UserError('CONFIG_INVALID', `${file.path} cannot be read: ${file.fault}.`, {
      hint: `Make ${file.path} a text file under 100 KB.`,
    })
  }
  const [, ...others] = paths.filter((path) => source.files.has(path))
  if (others.length > 0) {
    io.annotate({ level: 'warning', file: file.path, message: `${others.join(', ')} is not read: ${file.path} comes first.` })
  }
  const parsed = parseDispatching(file.text, { file: file.path, owner: context.repository.owner })
  if (!parsed.ok) {
    const count = parsed.faults.length
    throw new UserError('CONFIG_INVALID', `${file.path} has ${count === 1 ? 'a fault' : `${count} faults`}; nothing was dispatched.`, {
      faults: parsed.faults,
    })
  }
  for (const { message, place } of parsed.warnings) io.annotate({ level: 'warning', message, ...place })
  return parsed.config
}

function configNotFound(repository: string, path: string): UserError {
  return new UserError('CONFIG_NOT_FOUND', `${repository} has no ${path} in its default branch.`, {
    hint: 'Check `config-path`, and that the file is merged.',
  })
}

function sourceNotSeen(repository: string): UserError {
  return new UserError('SOURCE_NOT_SEEN', `The token cannot read ${repository}, where this run belongs.`, {
    hint: 'Add `contents: read` to the job’s `permissions:`.',
  })
}
