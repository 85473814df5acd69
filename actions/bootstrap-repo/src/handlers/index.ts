import { type ApplySettings, type BootstrapAnswer, type BootstrapEffect, findRun } from '@switchyard/bootstrapping'
import type { Setting } from '@switchyard/bootstrapping/recipe'
import { splitFullName } from '@switchyard/core'
import type { GitHub, Permissions } from '@switchyard/github'
import type { EffectHandler, Intent } from '@switchyard/ledger'
import type { GitRemote } from '@switchyard/workspace'
import type { Door } from '../door.ts'
import type { ProgressComment } from '../progress-comment.ts'
import { toPermissions } from '../permissions.ts'
import type { RunLog } from '../run-log.ts'
import { gitRemote, patienceOf } from '../template.ts'
import { createSettingsHandler } from './apply-settings.ts'
import { createCreationHandler } from './create-repository.ts'
import { createDeletionHandler } from './delete-repository.ts'
import { createUpdateHandler } from './open-update.ts'
import { createPushHandler } from './push.ts'
import { type Carrying, isCarried } from './resuming.ts'
import type { UpdateFiles } from './update-branch.ts'

export interface HandlerWishes {
  /** The run that this process carries out; left out: what others left is brought to an end. */
  readonly carrying?: Carrying
  /** What credentials must be allowed. */
  readonly permissions: Permissions
  readonly progress?: ProgressComment
  readonly log?: RunLog
  /** What updates change, by their ids. */
  readonly updates?: ReadonlyMap<string, UpdateFiles>
}

/** How the stream's effects are carried out, and what becomes of those that nobody settled. */
export function createHandlers(door: Door, wishes: HandlerWishes): EffectHandler<BootstrapEffect, BootstrapAnswer> {
  const { io } = door.given
  const { carrying, progress, log } = wishes
  const clientFor = async (owner: string): Promise<GitHub> => (await door.reach.credentialFor(owner, wishes.permissions)).github
  const remoteOf = async (repository: string): Promise<GitRemote> => {
    const { token } = await door.reach.credentialFor(splitFullName(repository).owner, wishes.permissions)
    return gitRemote(door, { repository, token })
  }
  const patience = patienceOf(door)
  const creation = createCreationHandler({ carrying, clientFor, sleep: io.sleep })
  const push = createPushHandler({ carrying, clientFor, remoteOf, patience })
  const settings = createSettingsHandler({
    clientFor,
    clientToSet: (effect, settings) =>
      isCarried(carrying, effect) ? clientFor(splitFullName(effect.repository.full_name).owner) : clientToSet(door, effect, settings),
    readSettings: (effect) => (isCarried(carrying, effect) ? carrying.settings : readSettings(door, effect)),
    isWanted: async ({ run_id }, subject) =>
      findRun((await door.ledger.load({ subjects: [subject], idempotencyKeys: [] })).getState(subject), run_id)?.status === 'RUNNING',
    log: () => log?.text() ?? '',
  })
  const deletion = createDeletionHandler({ clientFor, remoteOf })
  const update = createUpdateHandler({
    clientFor: async (owner, permissions) => (await door.reach.credentialFor(owner, permissions)).github,
    files: wishes.updates ?? new Map(),
  })

  const apply = async (effect: BootstrapEffect, intent: Intent<BootstrapEffect>): Promise<BootstrapAnswer> => {
    switch (effect.kind) {
      case 'create-repository': {
        const answer = await creation.apply(effect, { ...intent, effect })
        // The repository's refs are asked for while its checkpoint is written.
        if (answer.kind === 'repository' && answer.goesOn && carrying?.isSigned !== true) push.prefetch(answer.repository.full_name)
        return answer
      }
      case 'push':
        return push.apply(effect)
      case 'apply-settings':
        return settings.apply(effect)
      case 'delete-repository':
        return deletion.apply(effect)
      case 'open-update':
        return update.apply(effect)
    }
  }

  return {
    async apply(effect, intent) {
      const ends = beginStep(effect, { progress, log })
      const answer = await apply(effect, intent)
      ends(answer)
      return withLog(answer, log)
    },
    async ask(effect, intent) {
      switch (effect.kind) {
        case 'create-repository':
          return creation.ask(effect, { ...intent, effect })
        case 'push':
          return push.ask(effect, { ...intent, effect })
        case 'apply-settings':
          return settings.ask(effect, { ...intent, effect })
        case 'delete-repository':
          return deletion.ask()
        case 'open-update':
          return update.ask(effect)
      }
    },
  }
}

/** Whoever comes later knows nothing of the files: the settings tell what they need. */
async function clientToSet({ reach }: Door, { repository }: ApplySettings, settings: readonly Setting[]): Promise<GitHub> {
  const { requiredPermissions } = await import('@switchyard/bootstrapping/recipe')
  const { permissions } = requiredPermissions(new Map(), settings, 'private')
  return (await reach.credentialFor(splitFullName(repository.full_name).owner, toPermissions(permissions))).github
}

/** Tells the comment and the log that a step begins, and later how it ended. */
function beginStep(
  effect: BootstrapEffect,
  { progress, log }: { readonly progress: ProgressComment | undefined; readonly log: RunLog | undefined },
): (answer: BootstrapAnswer) => void {
  if (effect.kind === 'delete-repository' || effect.kind === 'open-update') return () => undefined
  const { kind } = effect
  progress?.begin(kind)
  return (answer) => {
    if (answer.kind === 'failed') log?.add(`${kind}: ${answer.error.code}: ${answer.error.message}`)
    else {
      progress?.done(kind)
      log?.add(`${kind}: done`)
    }
  }
}

/** The log goes into the ledger with the answer that ends the run. */
function withLog(answer: BootstrapAnswer, log: RunLog | undefined): BootstrapAnswer {
  return log !== undefined && (answer.kind === 'failed' || answer.kind === 'repository') ? { ...answer, log: log.text() } : answer
}

/** The settings among a recipe's actions, as the ledger keeps it. */
async function readSettings({ ledger }: Door, { recipe }: ApplySettings): Promise<readonly Setting[]> {
  const loaded = await ledger.load({ subjects: [], idempotencyKeys: [] })
  const [text = ''] = await ledger.readTexts(loaded, [recipe])
  const [{ parseKeptRecipe }, { toSettings }] = await Promise.all([
    import('@switchyard/bootstrapping/catalogue'),
    import('@switchyard/bootstrapping/recipe'),
  ])
  return toSettings(parseKeptRecipe(text))
}
