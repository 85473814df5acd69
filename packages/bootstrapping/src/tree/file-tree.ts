/** As git writes modes: a file, an executable file, a symbolic link (its content is where it leads). */
export const FILE_MODES = ['100644', '100755', '120000'] as const
export type FileMode = (typeof FILE_MODES)[number]

export interface TreeFile {
  readonly mode: FileMode
  readonly content: Uint8Array
}

/** Files by path, `/` between folders, sorted by code point. A value: a change makes a new one. */
export type FileTree = ReadonlyMap<string, TreeFile>
