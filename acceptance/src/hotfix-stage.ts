import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReleaseStage, type ReleaseStage, type ReleaseStageOptions, type SavedRelease } from './release-stage.ts'

/** By the files that they have beside those of every stage. */
const begun = new Map<string, Promise<SavedRelease>>()

/**
 * A stage whose release `hotfix` is active: begun by a comment on issue 1, with its board as issue 2. That is played once for
 * all stages of a test file with the same files, and each goes on by itself from what it left.
 */
export async function createHotfixStage({ files = {} }: Pick<ReleaseStageOptions, 'files'> = {}): Promise<ReleaseStage> {
  const key = JSON.stringify(files)
  const saved = begun.get(key) ?? begin(files)
  begun.set(key, saved)
  return createReleaseStage({ saved: await saved })
}

async function begin(files: Readonly<Record<string, string>>): Promise<SavedRelease> {
  const stage = await createReleaseStage({ files })
  try {
    await stage.say(await stage.openIssue('Hotfix'), '/release activate hotfix')
    return await stage.save(await mkdtemp(join(tmpdir(), 'switchyard-hotfix-')))
  } finally {
    await stage.close()
  }
}

/** Takes away what was kept of the stages so far. */
export async function forgetHotfixes(): Promise<void> {
  const all = await Promise.all(begun.values())
  begun.clear()
  await Promise.all(all.map(({ folder }) => rm(folder, { recursive: true })))
}
