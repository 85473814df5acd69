import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deflate, deflateSync, inflate, inflateSync } from 'node:zlib'
import { CatFile } from './cat-file.ts'
import type { GitObject, ObjectType, Oid } from './types.ts'

const deflateLater = promisify(deflate)
const inflateLater = promisify(inflate)

/** Below this, a thread costs more than the work. */
const SMALL_BYTES = 64 * 1024
const CACHE_BYTES = 64 * 1024 * 1024

const types: Readonly<Record<string, ObjectType>> = { blob: 'blob', tree: 'tree', commit: 'commit', tag: 'tag' }

/** Objects of one repository: loose ones in this process, packed ones through `git cat-file --batch`, both cached by id. */
export class Objects {
  readonly #directory: string
  readonly #packed: CatFile
  readonly #cache = new Map<Oid, GitObject>()
  readonly #folders = new Set<string>()
  #cachedBytes = 0

  constructor(directory: string) {
    this.#directory = directory
    this.#packed = new CatFile(directory)
  }

  async read(oid: Oid): Promise<GitObject | undefined> {
    if (!/^[0-9a-f]{40}$/.test(oid)) return undefined
    const cached = this.#cache.get(oid)
    if (cached !== undefined) return cached
    const object = (await this.#readLoose(oid)) ?? (await this.#packed.read(oid))
    if (object !== undefined) this.#remember(oid, object)
    return object
  }

  async write(type: ObjectType, data: Buffer): Promise<Oid> {
    const whole = Buffer.concat([Buffer.from(`${type} ${data.length}\0`, 'latin1'), data])
    const oid = createHash('sha1').update(whole).digest('hex')
    if (this.#cache.has(oid)) return oid
    const packed = whole.length < SMALL_BYTES ? deflateSync(whole, { level: 1 }) : await deflateLater(whole, { level: 1 })
    await this.#store(oid, packed)
    this.#remember(oid, { type, data })
    return oid
  }

  close(): void {
    this.#packed.close()
  }

  /** Written aside and renamed, so that a reader sees all of it or nothing. */
  async #store(oid: Oid, packed: Buffer): Promise<void> {
    const folder = join(this.#directory, 'objects', oid.slice(0, 2))
    if (!this.#folders.has(folder)) {
      await mkdir(folder, { recursive: true })
      this.#folders.add(folder)
    }
    const aside = join(folder, `tmp_obj_${randomBytes(6).toString('hex')}`)
    await writeFile(aside, packed, { mode: 0o444 })
    await rename(aside, join(folder, oid.slice(2)))
  }

  async #readLoose(oid: Oid): Promise<GitObject | undefined> {
    const packed = await readFile(join(this.#directory, 'objects', oid.slice(0, 2), oid.slice(2))).catch(() => undefined)
    if (packed === undefined) return undefined
    const whole = packed.length < SMALL_BYTES ? inflateSync(packed) : await inflateLater(packed)
    const end = whole.indexOf(0)
    const type = types[whole.toString('latin1', 0, whole.indexOf(0x20))]
    return type === undefined ? undefined : { type, data: whole.subarray(end + 1) }
  }

  #remember(oid: Oid, object: GitObject): void {
    this.#cache.set(oid, object)
    this.#cachedBytes += object.data.length
    for (const [oldest, old] of this.#cache) {
      if (this.#cachedBytes <= CACHE_BYTES) break
      this.#cache.delete(oldest)
      this.#cachedBytes -= old.data.length
    }
  }
}
