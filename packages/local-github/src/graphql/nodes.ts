import { NULL_OID } from '../git/types.ts'
import { parseNodeId } from '../world/node-ids.ts'
import type { Repository } from '../world/types.ts'
import type { GraphqlContext } from './context.ts'
import { isVisible } from './permissions.ts'
import { notFound } from './refusal.ts'
import { accountSource, isSource, source, type Source, type Sources, type SourceType } from './sources.ts'
import { objectSource } from './types/git.ts'

interface Found {
  readonly node: Source
  /** What must be visible for the node to be. */
  readonly repositoryId: number | undefined
}

const found = <Type extends SourceType>(
  type: Type,
  value: Sources[Type] | undefined,
  repositoryId: number | undefined,
): Found | undefined => (value === undefined ? undefined : { node: source(type, value), repositoryId })

function findRow({ world: { state } }: GraphqlContext, kind: string, id: number): Found | undefined {
  switch (kind) {
    case 'user':
    case 'bot':
    case 'organization': {
      const account = state.accounts.get(id)
      return account === undefined ? undefined : { node: accountSource(account), repositoryId: undefined }
    }
    case 'repository':
      return found('Repository', state.repositories.get(id), id)
    case 'issue':
      // A pull request has a node id of its own kind.
      return state.pulls.has(id) ? undefined : found('Issue', state.issues.get(id), state.issues.get(id)?.repositoryId)
    case 'comment':
      return found('IssueComment', state.comments.get(id), state.comments.get(id)?.repositoryId)
    case 'label':
      return found('Label', state.labels.get(id), state.labels.get(id)?.repositoryId)
    case 'milestone':
      return found('Milestone', state.milestones.get(id), state.milestones.get(id)?.repositoryId)
    case 'checkSuite':
      return found('CheckSuite', state.checkSuites.get(id), state.checkSuites.get(id)?.repositoryId)
    case 'checkRun':
      return found('CheckRun', state.checkRuns.get(id), state.checkRuns.get(id)?.repositoryId)
    case 'workflow':
      return found('Workflow', state.workflows.get(id), state.workflows.get(id)?.repositoryId)
    case 'workflowRun':
      return found('WorkflowRun', state.runs.get(id), state.runs.get(id)?.repositoryId)
    case 'app':
      return found('App', state.apps.get(id), undefined)
    default:
      return undefined
  }
}

/** Git objects and refs are named `<repository id>:<object id or ref name>`. */
async function findGitNode(context: GraphqlContext, kind: string, key: string): Promise<Source | undefined> {
  const split = key.indexOf(':')
  const repository = context.world.state.repositories.get(Number(key.slice(0, split)))
  if (split < 0 || repository === undefined || !isVisible(context, repository)) return undefined
  const name = key.slice(split + 1)
  if (kind !== 'ref') return (await objectSource(context, repository, { oid: name, path: '' })) ?? undefined
  const oid = (await context.git(repository).readRef(name)) ?? NULL_OID
  return oid === NULL_OID ? undefined : source('Ref', { repository, name, oid })
}

export async function findNode(context: GraphqlContext, id: string): Promise<Source | undefined> {
  const parsed = parseNodeId(id)
  if (parsed === undefined) return undefined
  if (parsed.key.includes(':')) return findGitNode(context, parsed.kind, parsed.key)
  const row = findRow(context, parsed.kind, Number(parsed.key))
  const repository = row?.repositoryId === undefined ? undefined : context.world.state.repositories.get(row.repositoryId)
  return repository !== undefined && !isVisible(context, repository) ? undefined : row?.node
}

export const unknownNode = (id: string) => notFound(`Could not resolve to a node with the global id of '${id}'`)

/** The node of a type that a mutation's input names; what is not there, not of that type or not visible is NOT_FOUND alike. */
export async function getNode<Type extends SourceType>(context: GraphqlContext, type: Type, id: string): Promise<Sources[Type]> {
  const node = await findNode(context, id)
  if (!isSource(type, node)) throw unknownNode(id)
  return node.value
}

export async function getRepositoryNode(context: GraphqlContext, id: string): Promise<Repository> {
  return getNode(context, 'Repository', id)
}
