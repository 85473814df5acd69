import { decidePermission, neededRole, renderHelp } from '@switchyard/commands'
import { isOwnerOf, rejectStranger } from '@switchyard/planning'
import type { Answering, PlanCommand, Step } from './answer-comment.ts'
import { refuse } from './ask-ledger.ts'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import { answerPart } from './part.ts'
import { judgeAsker, requireReader } from './rules.ts'
import type { Scene, Told } from './scene.ts'
import { siteOf } from './site.ts'
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
      const { config, roles, issue } = placed
      await requireReader({ command, login: step.comment.author.login, rules: config.rules, roles, issue })
      const scene = await sceneOf(door, step, placed)
      const part = await answerPart(door, scene, { isStatus: command === 'plan status' })
      if (part !== undefined) return part
      if (command === 'plan show') return (await import('./show.ts')).show(door, scene)
      return (await import('./show-status.ts')).showStatus(door, scene)
    }
    case 'plan upload':
    case 'plan grill':
    case 'plan plan':
    case 'plan cancel':
    case 'plan review':
    case 'plan materialise':
    case 'plan sync': {
      const scene = await sceneOf(door, step, placed)
      const part = await answerPart(door, scene, { isStatus: false })
      if (part !== undefined) return part
      // Before anything is read for somebody who may not have it done.
      const stranger = rejectStranger(scene.asker, scene.issue)
      return stranger === undefined
        ? change(door, step.command, scene)
        : refuse(stranger.rejected, scene.loaded, siteOf(door, scene.issue.number))
    }
  }
}

type ChangeCommand = Exclude<PlanCommand, { readonly command: 'help' | 'plan status' | 'plan show' }>

async function change(door: Door, asked: ChangeCommand, scene: Scene): Promise<Told> {
  switch (asked.command) {
    case 'plan upload': {
      const { arguments: given, block, flags } = asked
      const wanted = { path: given.path, block: block?.content }
      return (await import('./upload.ts')).upload(door, { ...scene, isDryRun: scene.isDryRun || flags['dry-run'] }, wanted)
    }
    case 'plan grill':
      return transit(door, scene, asked.arguments.step === 'start' ? 'grill-start' : 'grill-done')
    case 'plan plan':
      return transit(door, scene, asked.arguments.step === 'start' ? 'plan-start' : 'plan-failed')
    case 'plan cancel':
      return transit(door, scene, 'cancel')
    case 'plan review': {
      const { arguments: given, block } = asked
      if (given.step === 'start') return transit(door, scene, 'review-start')
      return (await import('./review.ts')).review(door, scene, { step: given.step, text: given.text, json: block?.content })
    }
    case 'plan materialise': {
      const { arguments: given, flags } = asked
      const isDryRun = scene.isDryRun || flags['dry-run']
      const wanted = { repository: given.repository, confirm: flags.confirm }
      return (await import('./materialise.ts')).materialise(door, { ...scene, isDryRun }, wanted)
    }
    case 'plan sync': {
      const { arguments: given, block, flags } = asked
      const wanted = { path: given.path, block: block?.content, confirm: flags.confirm }
      return (await import('./sync.ts')).sync(door, scene, wanted)
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
    asker: await judgeAsker({
      command,
      login: comment.author.login,
      rules: config.rules,
      roles,
      visibility: observation.control.visibility,
    }),
    comment: comment.id,
    isDryRun: door.given.inputs.dryRun,
  }
}

async function help({ comment }: Step, { config: { rules }, roles, issue, loaded, observation }: Placed): Promise<Told> {
  const { login } = comment.author
  const actor = await roles.of(login)
  const isPublic = observation.control.visibility === 'public'
  const but = isPublic ? ', but `/plan materialise` and `/plan sync`, which take the role `triage`' : ''
  const text = renderHelp(COMMANDS, {
    may: (definition) => isOwnerOf(issue, login) || decidePermission({ rules, definition, actor }).allowed,
    needed: (definition) => neededRole({ rules, definition }),
  })
  return {
    decision: 'done',
    reasonCode: 'shown',
    headline: 'The commands were listed.',
    reply: `${text}\n\nThe idea’s owner may use all of them, whatever the role${but}.`,
    loaded,
    isChange: false,
  }
}
