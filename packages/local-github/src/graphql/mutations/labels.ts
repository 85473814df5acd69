import { announceIssue } from '../../acts/issues.ts'
import { presentLabel } from '../../present/issues.ts'
import { addLabel, findLabel } from '../../world/labels.ts'
import { LABEL_DESCRIPTION_CHARACTERS } from '../../world/limits.ts'
import { getRepository } from '../../world/repositories.ts'
import type { Issue, Label } from '../../world/types.ts'
import type { Args } from '../args.ts'
import type { GraphqlContext } from '../context.ts'
import { getNode, getRepositoryNode, unknownNode } from '../nodes.ts'
import { requireWrite } from '../permissions.ts'
import { unprocessable } from '../refusal.ts'
import { source } from '../sources.ts'

async function readLabelling(input: Args, context: GraphqlContext, operation: string): Promise<{ issue: Issue; labels: readonly Label[] }> {
  const issue = await getNode(context, 'Issue', input.text('labelableId'))
  const repository = getRepository(context.world, issue.repositoryId)
  requireWrite(context, { repository, permissions: ['issues'], role: 'triage', operation })
  const ids = input.findTexts('labelIds') ?? []
  const labels = await Promise.all(ids.map((id) => getNode(context, 'Label', id)))
  const foreign = labels.findIndex((label) => label.repositoryId !== issue.repositoryId)
  if (foreign >= 0) throw unknownNode(ids[foreign] ?? '')
  return { issue, labels }
}

export async function addLabelsToLabelable(input: Args, context: GraphqlContext) {
  const { issue, labels } = await readLabelling(input, context, 'AddLabelsToLabelable')
  for (const label of labels.filter(({ id }) => !issue.labelIds.includes(id))) {
    issue.labelIds = [...issue.labelIds, label.id]
    issue.updatedAt = context.world.clock.moment()
    announceIssue(context.world, context.viewer, { issue, action: 'labeled', content: { label: presentLabel(context.world, label) } })
  }
  return { labelable: source('Issue', issue) }
}

export async function removeLabelsFromLabelable(input: Args, context: GraphqlContext) {
  const { issue, labels } = await readLabelling(input, context, 'RemoveLabelsFromLabelable')
  for (const label of labels.filter(({ id }) => issue.labelIds.includes(id))) {
    issue.labelIds = issue.labelIds.filter((id) => id !== label.id)
    issue.updatedAt = context.world.clock.moment()
    announceIssue(context.world, context.viewer, { issue, action: 'unlabeled', content: { label: presentLabel(context.world, label) } })
  }
  return { labelable: source('Issue', issue) }
}

export async function createLabel(input: Args, context: GraphqlContext) {
  const repository = await getRepositoryNode(context, input.text('repositoryId'))
  requireWrite(context, { repository, permissions: ['issues'], role: 'write', operation: 'CreateLabel' })
  const [name, color, description] = [input.text('name'), input.text('color'), input.findText('description')]
  if (findLabel(context.world, repository, name) !== undefined) throw unprocessable('Name has already been taken')
  if (!/^[0-9a-f]{6}$/i.test(color)) throw unprocessable('Color is invalid')
  if ((description ?? '').length > LABEL_DESCRIPTION_CHARACTERS) {
    throw unprocessable(`Description is too long (maximum is ${LABEL_DESCRIPTION_CHARACTERS} characters)`)
  }
  return { label: source('Label', addLabel(context.world, repository, { name, color, description })) }
}
