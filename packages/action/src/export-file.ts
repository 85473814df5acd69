import { constants } from 'node:fs'
import { mkdir, open, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { UserError } from '@switchyard/core'

export interface ExportFile {
  /** Without symbolic links but perhaps its own last part. */
  readonly path: string
  /** As people know it: relative to the workspace. */
  readonly name: string
  readonly input: string
}

export interface ExportWanted {
  /** The runner's workspace. */
  readonly workspace: string
  /** What was given, relative to the workspace. */
  readonly path: string
  /** The input that gave it: errors name it. */
  readonly input: string
}

/**
 * Where an export goes: the folders to it are made. Symbolic links are followed, and none may lead out of the workspace.
 *
 * @throws {UserError} EXPORT_PATH_OUTSIDE, EXPORT_NOT_WRITABLE.
 */
export async function prepareExportFile({ workspace, path: given, input }: ExportWanted): Promise<ExportFile> {
  const wanted = resolve(workspace, given)
  const name = relative(workspace, wanted)
  if (name === '' || !isBelow(workspace, wanted)) throw outsideError(input, given)
  try {
    const root = await realpath(workspace)
    // Looked at before a folder is made: nothing is made outside either.
    if (!isWithin(root, await realpathOfNearest(dirname(wanted)))) throw outsideError(input, given)
    await mkdir(dirname(wanted), { recursive: true })
    const path = (await findRealpath(wanted)) ?? join(await realpath(dirname(wanted)), basename(wanted))
    if (!isBelow(root, path)) throw outsideError(input, given)
    return { path, name, input }
  } catch (error) {
    throw error instanceof UserError ? error : notWritableError(input, given, error)
  }
}

/** @throws {UserError} EXPORT_NOT_WRITABLE, also for a symbolic link that leads nowhere. */
export async function writeExport({ path, name, input }: ExportFile, text: string): Promise<void> {
  try {
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW)
    try {
      await file.writeFile(text)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw notWritableError(input, name, error)
  }
}

async function realpathOfNearest(folder: string): Promise<string> {
  return (await findRealpath(folder)) ?? realpathOfNearest(dirname(folder))
}

async function findRealpath(path: string): Promise<string | undefined> {
  try {
    return await realpath(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

const isWithin = (folder: string, path: string): boolean => path === folder || isBelow(folder, path)

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown')

function outsideError(input: string, given: string): UserError {
  return new UserError('EXPORT_PATH_OUTSIDE', `${input} leads out of the workspace: ${given}`, {
    hint: 'Name a file below the workspace, through no link that leaves it.',
  })
}

function notWritableError(input: string, given: string, cause: unknown): UserError {
  return new UserError('EXPORT_NOT_WRITABLE', `${input} cannot be written: ${given} (${codeOf(cause)})`, {
    hint: 'Name a file that is no folder, below folders that are no files, where the step may write and the disk has room.',
    cause,
  })
}
