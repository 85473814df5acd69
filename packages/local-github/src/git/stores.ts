import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { initGitStore, openGitStore } from './store.ts'
import type { GitStore } from './types.ts'

/** The bare repositories of one embedded GitHub, in folders named by numeric id: a rename or transfer moves nothing. */
export class GitStores {
  readonly root: string
  readonly #open = new Map<number, GitStore>()

  constructor(root: string) {
    this.root = root
  }

  directory(repositoryId: number): string {
    return join(this.root, `${repositoryId}.git`)
  }

  async create(repositoryId: number, branch: string): Promise<GitStore> {
    const store = await initGitStore(this.directory(repositoryId), branch)
    this.#open.set(repositoryId, store)
    return store
  }

  get(repositoryId: number): GitStore {
    const known = this.#open.get(repositoryId)
    if (known !== undefined) return known
    const store = openGitStore(this.directory(repositoryId))
    this.#open.set(repositoryId, store)
    return store
  }

  async remove(repositoryId: number): Promise<void> {
    this.#open.get(repositoryId)?.close()
    this.#open.delete(repositoryId)
    await rm(this.directory(repositoryId), { recursive: true, force: true, maxRetries: 3 })
  }

  close(): void {
    for (const store of this.#open.values()) store.close()
    this.#open.clear()
  }
}
