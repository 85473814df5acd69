import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReleaseStage, type ReleaseStage, type ReleaseStageOptions, type SavedRelease } from './release-stage.ts'

/** What several stages have behind them. */
export interface Beginning extends Pick<ReleaseStageOptions, 'files'> {
  /** Two with the same name and the same files are one. */
  readonly name: string
  begin(stage: ReleaseStage): Promise<unknown>
}

const begun = new Map<string, Promise<SavedRelease>>()

/** A stage that goes on by itself from a beginning, which is played once for all stages of a test file. */
export async function createBegunStage(beginning: Beginning): Promise<ReleaseStage> {
  const key = JSON.stringify([beginning.name, beginning.files])
  const saved = begun.get(key) ?? play(beginning)
  begun.set(key, saved)
  return createReleaseStage({ saved: await saved })
}

async function play({ files = {}, begin }: Beginning): Promise<SavedRelease> {
  const stage = await createReleaseStage({ files })
  try {
    await begin(stage)
    return await stage.save(await mkdtemp(join(tmpdir(), 'switchyard-begun-')))
  } finally {
    await stage.close()
  }
}

/** One whose release `hotfix` is active: begun by a comment on issue 1, with its board as issue 2. */
export function createHotfixStage({ files = {} }: Pick<ReleaseStageOptions, 'files'> = {}): Promise<ReleaseStage> {
  return createBegunStage({
    name: 'hotfix',
    files,
    begin: async (stage) => stage.say(await stage.openIssue('Hotfix'), '/release activate hotfix'),
  })
}

/** Takes away what was kept of the beginnings so far. */
export async function forgetBeginnings(): Promise<void> {
  const ended = await Promise.allSettled(begun.values())
  begun.clear()
  const folders = ended.flatMap((each) => (each.status === 'fulfilled' ? each.value.folder : []))
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })))
}
