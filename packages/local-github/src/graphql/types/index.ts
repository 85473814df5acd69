import type { TypeFields } from '../fields.ts'
import { botFields, organizationFields, userFields } from './account.ts'
import { appFields, checkRunFields, checkSuiteFields, workflowFields, workflowRunFields } from './actions.ts'
import { blobFields, commitFields, refFields, treeEntryFields, treeFields } from './git.ts'
import { commentFields, issueFields, labelFields } from './issue.ts'
import { milestoneFields } from './milestone.ts'
import { queryFields } from './query.ts'
import { reactionFields, reactionGroupFields } from './reactions.ts'
import { repositoryFields } from './repository.ts'

/** Every type whose fields the embedded GitHub can read. */
export const readFields: readonly TypeFields[] = [
  queryFields,
  repositoryFields,
  userFields,
  botFields,
  organizationFields,
  refFields,
  commitFields,
  treeFields,
  treeEntryFields,
  blobFields,
  issueFields,
  commentFields,
  labelFields,
  milestoneFields,
  reactionFields,
  reactionGroupFields,
  checkRunFields,
  checkSuiteFields,
  appFields,
  workflowFields,
  workflowRunFields,
]
