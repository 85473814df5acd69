import type { Args } from '../args.ts'
import type { GraphqlContext } from '../context.ts'
import { isRefName } from '../../git/ref-names.ts'
import { type GitStore, NULL_OID, type Oid, type RefChange } from '../../git/types.ts'
import { recordPush } from '../../acts/pushes.ts'
import type { Repository } from '../../world/types.ts'
import { getNode, getRepositoryNode } from '../nodes.ts'
import { requireWrite } from '../permissions.ts'
import { notFound, Refusal, unprocessable } from '../refusal.ts'
import { source } from '../sources.ts'
import { refuseByRules } from './ref-rules.ts'

async function requireObject(store: GitStore, oid: Oid): Promise<void> {
  if ((await store.readObject(oid)) === undefined) throw notFound(`Could not resolve to a node with the oid of '${oid}'`)
}

/** Source: GitHub's schema, Mutation.createRef; the refusal of a name that is taken as seen on api.github.com. */
export async function createRef(input: Args, context: GraphqlContext) {
  const repository = await getRepositoryNode(context, input.text('repositoryId'))
  requireWrite(context, { repository, permissions: ['contents'], operation: 'CreateRef' })
  const [name, oid] = [input.text('name'), input.text('oid').toLowerCase()]
  if (!isRefName(name)) throw unprocessable(`Name must be a fully qualified ref name: ${name}`)
  const store = context.git(repository)
  await requireObject(store, oid)
  await refuseByRules(context, { repository, ref: name, old: NULL_OID, new: oid, how: 'move' })
  const made = await store.createRef(name, oid)
  if (!made.ok) throw unprocessable(`A ref named "${name}" already exists in the repository.`)
  await recordPush(context.world, repository, { commands: [{ ref: name, old: NULL_OID, new: oid }], viewer: context.viewer })
  return { ref: source('Ref', { repository, name, oid }) }
}

export async function deleteRef(input: Args, context: GraphqlContext) {
  const { repository, name, oid } = await getNode(context, 'Ref', input.text('refId'))
  requireWrite(context, { repository, permissions: ['contents'], operation: 'DeleteRef' })
  await refuseByRules(context, { repository, ref: name, old: oid, new: NULL_OID, how: 'move' })
  await context.git(repository).deleteRef(name)
  await recordPush(context.world, repository, { commands: [{ ref: name, old: oid, new: NULL_OID }], viewer: context.viewer })
  return {}
}

interface Update {
  readonly name: string
  readonly before: Oid | undefined
  readonly after: Oid
  readonly force: boolean
}

const parseUpdate = (update: Args): Update => ({
  name: update.text('name'),
  before: update.findText('beforeOid')?.toLowerCase(),
  after: update.text('afterOid').toLowerCase(),
  force: update.flag('force'),
})

/** The change that git shall make, or the reason it may not. GitHub's own words for these refusals are not known. */
async function judgeUpdate(context: GraphqlContext, repository: Repository, update: Update): Promise<RefChange & { readonly old: Oid }> {
  const { name, before, after, force } = update
  const store = context.git(repository)
  const old = (await store.readRef(name)) ?? NULL_OID
  if (before !== undefined && before !== old) {
    throw new Refusal('STALE_DATA', `Expected ref ${name} to point to "${before}" but it did not.`)
  }
  if (after !== NULL_OID) await requireObject(store, after)
  const isForward = old === NULL_OID || after === NULL_OID || force || (await store.isAncestor(old, after))
  if (!isForward) throw unprocessable(`Update of ${name} is not a fast forward`)
  await refuseByRules(context, { repository, ref: name, old, new: after, how: 'move' })
  return { name, old, oid: after === NULL_OID ? undefined : after, expected: old }
}

/** Many refs or none. `beforeOid` of zeros: must not exist; `afterOid` of zeros: delete. Source: GitHub's schema, Mutation.updateRefs. */
export async function updateRefs(input: Args, context: GraphqlContext) {
  const repository = await getRepositoryNode(context, input.text('repositoryId'))
  requireWrite(context, { repository, permissions: ['contents'], operation: 'UpdateRefs' })
  const updates = input.list('refUpdates').map(parseUpdate)
  const invalid = updates.find((update) => !isRefName(update.name))
  if (invalid !== undefined) throw unprocessable(`Name must be a fully qualified ref name: ${invalid.name}`)
  const changes = await Promise.all(updates.map((update) => judgeUpdate(context, repository, update)))
  const moved = await context.git(repository).updateRefs(changes)
  if (!moved.ok) throw new Refusal('STALE_DATA', 'Expected refs to point elsewhere: one moved meanwhile.')
  const commands = changes.map(({ name, old, oid }) => ({ ref: name, old, new: oid ?? NULL_OID }))
  await recordPush(context.world, repository, { commands, viewer: context.viewer })
  return {}
}
