interface MemoryStat {
  readonly size: number
  readonly mode: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
}

/**
 * A file system in memory, with as much of `node:fs/promises` as isomorphic-git asks of one: a fetch leaves nothing on disk
 * that could be forgotten there. Every folder exists.
 */
export function createMemoryFiles({ onWrite }: { readonly onWrite: (path: string, content: Uint8Array) => void }) {
  const files = new Map<string, Uint8Array>()
  const getFile = (path: string): Uint8Array => {
    const file = files.get(path)
    if (file === undefined) throw missing(path)
    return file
  }
  const stat = (path: string): Promise<MemoryStat> => attempt(() => toStat(getFile(path)))
  return {
    readFile: (path: string, options?: 'utf8' | { readonly encoding?: string }) =>
      attempt(() => (isText(options) ? Buffer.from(getFile(path)).toString('utf8') : getFile(path))),
    writeFile: (path: string, content: Uint8Array | string) =>
      attempt(() => {
        const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
        onWrite(path, bytes)
        files.set(path, bytes)
      }),
    unlink: (path: string) => attempt(() => void files.delete(path)),
    readdir: (path: string) => attempt(() => namesIn(files.keys(), path)),
    mkdir: () => Promise.resolve(),
    rmdir: () => Promise.resolve(),
    stat,
    lstat: stat,
    readlink: (path: string) =>
      attempt<string>(() => {
        throw missing(path)
      }),
    symlink: (_target: string, path: string) =>
      attempt<void>(() => {
        throw missing(path)
      }),
  }
}

/** As a promise, whatever is thrown. */
async function attempt<T>(run: () => T): Promise<T> {
  return run()
}

function isText(options?: 'utf8' | { readonly encoding?: string }): boolean {
  return options === 'utf8' || (typeof options === 'object' && options.encoding === 'utf8')
}

function namesIn(paths: Iterable<string>, folder: string): string[] {
  const inside = [...paths].filter((path) => path.startsWith(`${folder}/`))
  return [...new Set(inside.map((path) => path.slice(folder.length + 1).split('/')[0] ?? ''))]
}

function toStat({ length }: Uint8Array): MemoryStat {
  return { size: length, mode: 0o100644, mtimeMs: 0, ctimeMs: 0, isFile: () => true, isDirectory: () => false, isSymbolicLink: () => false }
}

function missing(path: string): Error {
  return Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' })
}
