import { renderApplier, renderWaiting } from '@switchyard/planning/render'
import type { Door } from './door.ts'
import { ideaOf } from './observe.ts'
import type { Scene, Told } from './scene.ts'
import { waiterOf } from './waiter.ts'

export interface Offered {
  readonly mode: 'upload' | 'sync'
  readonly path: string | undefined
}

/**
 * A plan that somebody pushed, or wrote into the idea's form, who may not have it taken: what it would do is shown, to whoever may. A
 * merge is nobody's word on an idea, and no slip either. Source: plan contract, only the owner or a maintainer may act.
 */
export async function offer(door: Door, scene: Scene, { mode, path }: Offered): Promise<Told> {
  // To be shown needs no right: whoever has it done is judged then.
  const shown: Scene = { ...scene, asker: { ...scene.asker, isMaintainer: true } }
  const told = await show(door, shown, { mode, path })
  return { ...told, isForOwner: told.reasonCode !== 'plan-faulty' }
}

async function show(door: Door, scene: Scene, { mode, path }: Offered): Promise<Told> {
  if (mode === 'sync') {
    const told = await (await import('./sync.ts')).sync(door, scene, { path, block: undefined, confirm: undefined, isOffer: true })
    return told.reasonCode === 'difference-shown' ? { ...told, reply: `${told.reply}\n\n${renderApplier(waiterOf(scene))}` } : told
  }
  const told = await (await import('./upload.ts')).upload(door, { ...scene, isDryRun: true }, { path, block: undefined })
  if (told.reasonCode !== 'dry-run' || scene.isDryRun) return told
  const { issue } = scene
  const waiter = waiterOf(scene)
  const source = ideaOf(scene.loaded, scene.observation.subject)?.plan?.source
  // Without a path the file is read that the plan came from before.
  const needsBlock = path === undefined && source?.kind === 'file'
  const command = path === undefined ? '/plan upload' : `/plan upload ${path}`
  const who = issue.owner === undefined || waiter.isOwner ? 'a maintainer' : `${issue.owner} or a maintainer`
  return {
    ...told,
    reasonCode: 'plan-waits',
    headline: `The plan has no fault, and waits for ${who} to say \`${command}\` on #${issue.number}.`,
    reply: `${told.reply}\n\n${renderWaiting({ ...waiter, command, needsBlock })}`,
  }
}
