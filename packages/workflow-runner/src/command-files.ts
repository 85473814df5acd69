import { randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FileCommandError, parseKeyValueFile, parsePathFile } from './file-commands.ts'
import type { SecretMasker } from './secret-masker.ts'
import type { StepLog } from './step-log.ts'

/** Paths of the files through which a step speaks to the runner, by their name in the `github` context. */
export interface CommandFiles {
  readonly env: string
  readonly output: string
  readonly path: string
  readonly state: string
  readonly step_summary: string
}

/** What a step left in them. */
export interface CommandFileContents {
  readonly env: ReadonlyMap<string, string>
  readonly outputs: ReadonlyMap<string, string>
  readonly path: readonly string[]
  readonly state: ReadonlyMap<string, string>
  readonly summary: string
}

/** Bytes of a summary that GitHub accepts for a step (runner, `CreateStepSummaryCommand`). */
export const MAX_SUMMARY_BYTES = 1024 * 1024

const nothing: ReadonlyMap<string, string> = new Map()

/** Makes the empty files of one step. */
export async function createCommandFiles(temp: string): Promise<CommandFiles> {
  const folder = join(temp, '_runner_file_commands')
  await mkdir(folder, { recursive: true })
  const suffix = randomUUID()
  const files = {
    env: join(folder, `set_env_${suffix}`),
    output: join(folder, `set_output_${suffix}`),
    path: join(folder, `add_path_${suffix}`),
    state: join(folder, `save_state_${suffix}`),
    step_summary: join(folder, `step_summary_${suffix}`),
  }
  await Promise.all(Object.values(files).map((file) => writeFile(file, '')))
  return files
}

/** Reads what a step left. A file that does not parse fails the step, as on GitHub, and counts as empty. */
export async function readCommandFiles(files: CommandFiles, log: StepLog, masker: SecretMasker): Promise<CommandFileContents> {
  const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '')
  const readPairs = async (name: 'env' | 'output' | 'state'): Promise<ReadonlyMap<string, string>> =>
    parseOrFail(name, await read(files[name]), log)
  const env = await readPairs('env')
  if ([...env.keys()].some((key) => key.toUpperCase() === 'NODE_OPTIONS')) {
    log.annotate({ level: 'error', message: "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command." })
  }
  return {
    env: new Map([...env].filter(([key]) => key.toUpperCase() !== 'NODE_OPTIONS')),
    outputs: await readPairs('output'),
    path: parsePathFile(await read(files.path)),
    state: await readPairs('state'),
    summary: checkSummary(await read(files.step_summary), log, masker),
  }
}

function parseOrFail(name: string, text: string, log: StepLog): ReadonlyMap<string, string> {
  try {
    return parseKeyValueFile(text)
  } catch (error) {
    if (!(error instanceof FileCommandError)) throw error
    log.fail(`Unable to process file command '${name}' successfully.`)
    log.fail(error.message)
    return nothing
  }
}

function checkSummary(text: string, log: StepLog, masker: SecretMasker): string {
  const size = Buffer.byteLength(text)
  if (size <= MAX_SUMMARY_BYTES) {
    return text
      .split('\n')
      .map((line) => masker.mask(line))
      .join('\n')
  }
  const message = `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${MAX_SUMMARY_BYTES / 1024}k, got ${Math.floor(size / 1024)}k.`
  log.annotate({ level: 'error', message })
  return ''
}
