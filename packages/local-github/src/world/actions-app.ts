import { addOrganization, addUser } from './accounts.ts'
import { actionsApp } from './tokens.ts'
import type { WorldContext } from './context.ts'

/** Every GitHub has the Actions App, which GITHUB_TOKEN belongs to. */
export function addActionsApp(world: WorldContext): void {
  const owner = addOrganization(world, { login: 'github', name: 'GitHub' })
  const bot = addUser(world, { login: actionsApp.botLogin, type: 'Bot' })
  world.state.apps.set(actionsApp.id, {
    id: actionsApp.id,
    slug: actionsApp.slug,
    clientId: 'Iv1.05c79e9ad1f6bdfa',
    name: 'GitHub Actions',
    ownerId: owner.id,
    botId: bot.id,
    publicKeyPem: '',
    permissions: {},
    events: [],
    createdAt: world.clock.moment(),
  })
}
