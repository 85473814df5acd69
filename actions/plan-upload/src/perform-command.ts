import { decidePermission, neededRole, renderHelp } from '@switchyard/commands'
import type { Answering, Step } from './answer-comment.ts'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import { judgeAsker, requireReader } from './rules.ts'
import type { Scene, Told } from './scene.ts'
import type { Transition } from './transit.ts'

interface Placed extends Answering, Pick<Scene, 'issue' | 'key'> {}

/** Carries out one command; each loads when it is asked for. @throws {UserError} for everything that its author can mend. */
export async function performCommand(door: Door, step: Step, placed: Placed): Promise<Told> {
  const { command } = step.command
  switch (command) {
    case 'help':
      return help(step, placed)
    case 'plan status':
    case 'plan show': {
      await requireReader({ command, login: step.comment.author.login, rules: placed.config.rules, roles: placed.roles })
      const scene = await sceneOf(door, step, placed)
      if (command === 'plan show') return (await import('./show.ts')).show(door, scene)
      return (await import('./show-status.ts')).showStatus(door, scene)
    }
    case 'plan upload': {
      const { arguments: given, block, flags } = step.command
      const scene = await sceneOf(door, step, placed)
      const wanted = { path: given.path, block: block?.content }
      return (await import('./upload.ts')).upload(door, { ...scene, isDryRun: scene.isDryRun || flags['dry-run'] }, wanted)
    }
    case 'plan grill':
      return transit(door, await sceneOf(door, step, placed), step.command.arguments.step === 'start' ? 'grill-start' : 'grill-done')
    case 'plan plan':
      return transit(door, await sceneOf(door, step, placed), step.command.arguments.step === 'start' ? 'plan-start' : 'plan-failed')
    case 'plan cancel':
      return transit(door, await sceneOf(door, step, placed), 'cancel')
    case 'plan review': {
      const { arguments: given, block } = step.command
      const scene = await sceneOf(door, step, placed)
      if (given.step === 'start') return transit(door, scene, 'review-start')
      return (await import('./review.ts')).review(door, scene, { step: given.step, text: given.text, json: block?.content })
    }
    case 'plan materialise': {
      const { arguments: given, flags } = step.command
      const scene = await sceneOf(door, step, placed)
      const isDryRun = scene.isDryRun || flags['dry-run']
      return (await import('./materialise.ts')).materialise(door, { ...scene, isDryRun }, { repository: given.repository })
    }
    case 'plan sync': {
      const { arguments: given, block, flags } = step.command
      const wanted = { path: given.path, block: block?.content, confirm: flags.confirm }
      return (await import('./sync.ts')).sync(door, await sceneOf(door, step, placed), wanted)
    }
  }
}

async function transit(door: Door, scene: Scene, kind: Transition): Promise<Told> {
  return (await import('./transit.ts')).transit(door, scene, kind)
}

async function sceneOf(door: Door, { command: { command }, comment }: Step, placed: Placed): Promise<Scene> {
  const { observation, loaded, config, roles, issue, key } = placed
  return {
    observation,
    loaded,
    config,
    issue,
    key,
    asker: await judgeAsker({ command, login: comment.author.login, rules: config.rules, roles }),
    comment: comment.id,
    isDryRun: door.given.inputs.dryRun,
  }
}

async function help({ comment }: Step, { config: { rules }, roles, loaded }: Placed): Promise<Told> {
  const actor = await roles.of(comment.author.login)
  const text = renderHelp(COMMANDS, {
    may: (definition) => decidePermission({ rules, definition, actor }).allowed,
    needed: (definition) => neededRole({ rules, definition }),
  })
  return { decision: 'done', reasonCode: 'shown', headline: 'The commands were listed.', reply: text, loaded, isChange: false }
}
