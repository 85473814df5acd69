import { z } from 'zod'
import { presentLabel } from '../present/issues.ts'
import { addLabel, findLabel, labelsOf, removeLabel } from '../world/labels.ts'
import { LABEL_DESCRIPTION_CHARACTERS } from '../world/limits.ts'
import type { Label, Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { created, noContent, ok } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound, validationFailed } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'

const read = [{ permission: 'issues', level: 'read' }] as const
const write = [{ permission: 'issues', level: 'write' }] as const
/** Six hex digits. Source: docs.github.com, REST, labels; a colour that is none answers 422. */
const COLOUR = /^[\da-f]{6}$/i
const description = z.string().max(LABEL_DESCRIPTION_CHARACTERS).nullish()

function checkColour(color: string | undefined): void {
  if (color !== undefined && !COLOUR.test(color)) throw validationFailed({ resource: 'Label', code: 'invalid', field: 'color' })
}

function getLabel(world: World, repository: Repository, name: string): Label {
  const label = findLabel(world, repository, name)
  if (label === undefined) throw notFound()
  return label
}

export const labelRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/labels',
    operation: 'issues/list-labels-for-repo',
    needs: read,
    body: noBody,
    handle: (call) => list(call, labelsOf(call.world, call.repository), (label) => presentLabel(call.world, label)),
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/labels',
    operation: 'issues/create-label',
    needs: write,
    body: z.object({ name: z.string().min(1), color: z.string().optional(), description }),
    handle({ world, repository, body }) {
      checkColour(body.color)
      if (findLabel(world, repository, body.name) !== undefined) {
        throw validationFailed({ resource: 'Label', code: 'already_exists', field: 'name' })
      }
      const shown = presentLabel(
        world,
        addLabel(world, repository, { name: body.name, color: body.color, description: body.description ?? undefined }),
      )
      return created(shown, { location: shown.url })
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/labels/{name}',
    operation: 'issues/get-label',
    needs: read,
    body: noBody,
    handle: ({ world, repository, param }) => ok(presentLabel(world, getLabel(world, repository, param('name')))),
  }),
  repositoryRoute({
    method: 'PATCH',
    path: '/repos/{owner}/{repo}/labels/{name}',
    operation: 'issues/update-label',
    needs: write,
    body: z.object({ new_name: z.string().min(1).optional(), color: z.string().optional(), description }),
    handle({ world, repository, param, body }) {
      const label = getLabel(world, repository, param('name'))
      checkColour(body.color)
      const other = body.new_name === undefined ? undefined : findLabel(world, repository, body.new_name)
      if (other !== undefined && other.id !== label.id) throw validationFailed({ resource: 'Label', code: 'already_exists', field: 'name' })
      const changed: Label = {
        ...label,
        name: body.new_name ?? label.name,
        color: body.color ?? label.color,
        description: body.description === undefined ? label.description : (body.description ?? undefined),
      }
      world.state.labels.set(label.id, changed)
      return ok(presentLabel(world, changed))
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path: '/repos/{owner}/{repo}/labels/{name}',
    operation: 'issues/delete-label',
    needs: write,
    body: noBody,
    handle({ world, repository, param }) {
      removeLabel(world, getLabel(world, repository, param('name')))
      return noContent()
    },
  }),
]
