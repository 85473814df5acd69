import { z } from 'zod'
import { presentMilestone } from '../present/issues.ts'
import { created, ok } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound, validationFailed } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import { addMilestone, changeMilestone, milestonesOf } from '../world/milestones.ts'
import type { Milestone, Repository } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { requireToken } from './issues.ts'

const read = [{ permission: 'issues', level: 'read' }] as const
const write = [{ permission: 'issues', level: 'write' }] as const
const path = '/repos/{owner}/{repo}/milestones'
const input = {
  title: z.string().min(1),
  state: z.enum(['open', 'closed']).optional(),
  description: z.string().optional(),
  due_on: z.iso.datetime().optional(),
}

function getMilestone(world: World, repository: Repository, number: string): Milestone {
  const milestone = milestonesOf(world, repository).find((each) => each.number === Number(number))
  if (milestone === undefined) throw notFound()
  return milestone
}

function refuseTaken(
  world: World,
  repository: Repository,
  { title, number }: { readonly title: string | undefined; readonly number?: number },
): void {
  const taken = milestonesOf(world, repository).some((each) => each.title === title && each.number !== number)
  if (taken) throw validationFailed({ resource: 'Milestone', code: 'already_exists', field: 'title' })
}

export const milestoneRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path,
    operation: 'issues/list-milestones',
    needs: read,
    body: noBody,
    differs: 'in the order of their numbers',
    handle(call) {
      const state = call.query('state') ?? 'open'
      const found = milestonesOf(call.world, call.repository).filter((each) => state === 'all' || each.state === state)
      return list(call, found, (milestone) => presentMilestone(call.world, milestone))
    },
  }),
  repositoryRoute({
    method: 'POST',
    path,
    operation: 'issues/create-milestone',
    needs: write,
    body: z.object(input),
    handle({ world, viewer, repository, body }) {
      refuseTaken(world, repository, { title: body.title })
      const wanted = { ...body, dueOn: body.due_on }
      const shown = presentMilestone(world, addMilestone(world, repository, { wanted, creatorId: requireToken(viewer).account.id }))
      return created(shown, { location: shown.url })
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: `${path}/{milestone_number}`,
    operation: 'issues/get-milestone',
    needs: read,
    body: noBody,
    handle: ({ world, repository, param }) => ok(presentMilestone(world, getMilestone(world, repository, param('milestone_number')))),
  }),
  repositoryRoute({
    method: 'PATCH',
    path: `${path}/{milestone_number}`,
    operation: 'issues/update-milestone',
    needs: write,
    body: z.object({ ...input, title: input.title.optional() }),
    handle({ world, repository, param, body }) {
      const milestone = getMilestone(world, repository, param('milestone_number'))
      refuseTaken(world, repository, { title: body.title, number: milestone.number })
      changeMilestone(world, milestone, { ...body, dueOn: body.due_on })
      return ok(presentMilestone(world, milestone))
    },
  }),
]
