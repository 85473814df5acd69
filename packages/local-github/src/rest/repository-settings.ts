import { z } from 'zod'
import { branchRef } from '../git/ref-names.ts'
import type { GitStore } from '../git/types.ts'
import { presentRepository } from '../present/repositories.ts'
import { findOrganization, getAccount } from '../world/accounts.ts'
import { findRepository, removeRepository } from '../world/repositories.ts'
import type { Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { noContent, ok } from '../server/answer.ts'
import { Problem, validationFailed } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import type { Viewer } from '../auth/viewer.ts'
import { repositoryFields, setRepositoryFields } from './repository-fields.ts'
import { checkRepositoryName } from './repository-making.ts'

const read = [{ permission: 'metadata', level: 'read' }] as const
const administer = [{ permission: 'administration', level: 'write', role: 'admin' }] as const
const remove = [{ permission: 'administration', level: 'write', role: 'admin', scope: 'delete_repo' }] as const
const path = '/repos/{owner}/{repo}'

const TOPICS = 20
/** Source: docs.github.com, "Classifying your repository with topics". */
const TOPIC = /^[a-z0-9][a-z0-9-]{0,49}$/

/** Texts as public threads on the update of repositories show them. */
async function checkDefaultBranch(store: GitStore, branch: string): Promise<void> {
  if ((await store.readRef(branchRef(branch))) !== undefined) return
  const isEmpty = (await store.listRefs()).length === 0
  const message = isEmpty
    ? 'Cannot update default branch for an empty repository. Please init the repository and push first.'
    : `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`
  throw validationFailed({ resource: 'Repository', field: 'default_branch', code: 'invalid', message })
}

async function changeDefaultBranch(store: GitStore, repository: Repository, branch: string): Promise<void> {
  await checkDefaultBranch(store, branch)
  repository.defaultBranch = branch
  await store.writeHead(branch)
}

function rename(world: World, repository: Repository, name: string): void {
  const other = findRepository(world, getAccount(world, repository.ownerId).login, name)
  checkRepositoryName(name, other !== undefined && other.id !== repository.id)
  repository.name = name
}

/** Members may be kept from deleting even what they administer. */
function checkDeletion(world: World, viewer: Viewer, repository: Repository): void {
  const organization = findOrganization(world, getAccount(world, repository.ownerId))
  if (organization === undefined || organization.membersCanDeleteRepositories || viewer.kind !== 'token' || viewer.app !== undefined) return
  if (organization.members.get(viewer.account.id) !== 'admin') throw new Problem(403, 'Organization members cannot delete repositories.')
}

export const repositorySettingRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'PATCH',
    path,
    operation: 'repos/update',
    needs: administer,
    evenArchived: true,
    differs: 'an old name does not lead to the new one; no security settings',
    body: z.object({
      ...repositoryFields,
      name: z.string().optional(),
      default_branch: z.string().optional(),
      archived: z.boolean().optional(),
    }),
    async handle({ world, viewer, repository, store, body }) {
      if (repository.archived && body.archived !== false) throw new Problem(403, 'Repository was archived so is read-only.')
      if (body.default_branch !== undefined) await changeDefaultBranch(store, repository, body.default_branch)
      if (body.name !== undefined) rename(world, repository, body.name)
      setRepositoryFields(repository, body)
      repository.archived = body.archived ?? repository.archived
      repository.updatedAt = world.clock.moment()
      return ok(presentRepository(world, repository, viewer))
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path,
    operation: 'repos/delete',
    needs: remove,
    body: noBody,
    evenArchived: true,
    async handle({ world, viewer, repository }) {
      checkDeletion(world, viewer, repository)
      await removeRepository(world, repository)
      return noContent()
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${path}/topics`,
    operation: 'repos/get-all-topics',
    needs: read,
    body: noBody,
    differs: 'not in pages',
    handle: ({ repository }) => ok({ names: [...repository.topics] }),
  }),
  repositoryRoute({
    method: 'PUT',
    path: `${path}/topics`,
    operation: 'repos/replace-all-topics',
    needs: administer,
    body: z.object({ names: z.array(z.string()) }),
    differs: 'which letters a topic may have is known; the texts of the refusals are not',
    handle({ world, repository, body }) {
      // Upper case is not refused but kept in lower case. Source: OpenAPI repos/replace-all-topics.
      const names = [...new Set(body.names.map((name) => name.toLowerCase()))]
      if (names.length > TOPICS) throw new Problem(422, `A repository cannot have more than ${TOPICS} topics.`)
      if (!names.every((name) => TOPIC.test(name))) {
        throw new Problem(
          422,
          'Topics must start with a lowercase letter or number, consist of 50 characters or less, and can include hyphens.',
        )
      }
      repository.topics = names
      repository.updatedAt = world.clock.moment()
      return ok({ names })
    },
  }),
]
