import type { Args } from '../args.ts'
import type { GraphqlContext } from '../context.ts'
import { fieldsOf, type Fields } from '../fields.ts'
import { createCheckRun, updateCheckRun } from './check-runs.ts'
import { addAssigneesToAssignable, removeAssigneesFromAssignable } from './assignees.ts'
import { addComment, addReaction, deleteIssueComment, removeReaction, updateIssueComment } from './comments.ts'
import { createCommitOnBranch } from './commit.ts'
import { addBlockedBy, addSubIssue, removeBlockedBy, removeSubIssue, reprioritizeSubIssue } from './issue-links.ts'
import { closeIssue, createIssue, reopenIssue, updateIssue } from './issues.ts'
import { addLabelsToLabelable, createLabel, removeLabelsFromLabelable } from './labels.ts'
import { createRef, deleteRef, updateRefs } from './refs.ts'

type Payload = Readonly<Record<string, unknown>>
type Mutation = (input: Args, context: GraphqlContext) => Promise<Payload>

const mutations = {
  createCommitOnBranch,
  createRef,
  deleteRef,
  updateRefs,
  createIssue,
  updateIssue,
  closeIssue,
  reopenIssue,
  addSubIssue,
  removeSubIssue,
  reprioritizeSubIssue,
  addBlockedBy,
  removeBlockedBy,
  addComment,
  updateIssueComment,
  deleteIssueComment,
  addReaction,
  removeReaction,
  createLabel,
  addLabelsToLabelable,
  removeLabelsFromLabelable,
  addAssigneesToAssignable,
  removeAssigneesFromAssignable,
  createCheckRun,
  updateCheckRun,
} satisfies Record<string, Mutation>

/** Every mutation that is played. */
export const mutationNames: readonly string[] = Object.keys(mutations)

/** Every mutation takes one `input` and gives back its `clientMutationId`. */
const asField = ([name, mutate]: [string, Mutation]) =>
  [
    name,
    async ({ args, context }: { readonly args: Args; readonly context: GraphqlContext }) => {
      const input = args.inside('input')
      return { ...(await mutate(input, context)), clientMutationId: input.findText('clientMutationId') ?? null }
    },
  ] as const

const fields: Fields<'Mutation'> = Object.fromEntries(Object.entries<Mutation>(mutations).map(asField))

export const mutationFields = fieldsOf('Mutation', fields)
