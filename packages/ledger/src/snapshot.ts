import type { Reading, Wanted } from './store.ts'

/** What is known of the branch at one commit. */
export interface Snapshot {
  /** Undefined when the branch does not exist. */
  readonly head: string | undefined
  readonly repositoryId: number
  readonly isPublic: boolean
  /** Text by path; undefined for what is not there, no entry for what was not asked. */
  readonly files: ReadonlyMap<string, string | undefined>
  readonly folders: ReadonlyMap<string, boolean>
}

export function toSnapshot(reading: Reading<unknown>): Snapshot {
  const { head, repositoryId, isPublic, files, folders } = reading
  return { head, repositoryId, isPublic, files, folders }
}

/**
 * The snapshot after a commit of our own on top of it: nothing needs to be read again, and reads right after a write may lag.
 * What was never asked for is not kept.
 */
export function advance(snapshot: Snapshot, head: string, written: ReadonlyMap<string, string>): Snapshot {
  const isBelow = (folder: string): boolean => [...written.keys()].some((path) => path.startsWith(`${folder}/`))
  return {
    ...snapshot,
    head,
    files: new Map([...snapshot.files].map(([path, text]) => [path, written.get(path) ?? text])),
    folders: new Map([...snapshot.folders].map(([folder, isThere]) => [folder, isThere || isBelow(folder)])),
  }
}

/** The snapshot with a file that is known not to be there, without having been asked for. */
export function withAbsent(snapshot: Snapshot, path: string): Snapshot {
  return { ...snapshot, files: new Map([...snapshot.files, [path, undefined]]) }
}

/** What has to be asked to know all that this snapshot knows, and more. */
export function widen(wanted: Wanted, known: Snapshot | undefined): Wanted {
  if (!known) return wanted
  return {
    files: [...new Set([...wanted.files, ...known.files.keys()])],
    folders: [...new Set([...wanted.folders, ...known.folders.keys()])],
  }
}

/** True when everything wanted was asked for. */
export function covers(snapshot: Snapshot, wanted: Wanted): boolean {
  return wanted.files.every((path) => snapshot.files.has(path)) && wanted.folders.every((folder) => snapshot.folders.has(folder))
}

/** True when what was decided on one snapshot would be decided the same on the other. */
export function isUnchanged(before: Snapshot, after: Snapshot, wanted: Wanted): boolean {
  return (
    wanted.files.every((path) => before.files.get(path) === after.files.get(path)) &&
    wanted.folders.every((folder) => before.folders.get(folder) === after.folders.get(folder))
  )
}

