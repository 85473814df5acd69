import type { Reason, Refusal } from '../reasons.ts'

/** What a reason's words need to know. Names are as people know them. */
export interface Explained {
  readonly source: string
  readonly target: string
  readonly workflow: string
  readonly ref?: string | undefined
  /** What exactly is wrong, in words, where the reason alone does not say it. */
  readonly detail?: string | undefined
  readonly lines?: string | undefined
}

type Words = (about: Explained) => { readonly message: string; readonly hint: string }

const WORDS: Readonly<Record<Reason, Words>> = {
  'conclusion-not-selected': ({ detail }) => ({
    message: `The run ended with ${detail ?? 'another conclusion'}, which this rule is not for.`,
    hint: 'To dispatch on it, name it in the rule’s `source.conclusions`.',
  }),
  'branch-not-selected': ({ detail }) => ({
    message: `The run’s branch ${detail ?? ''} is none of this rule’s branches.`.replace('  ', ' '),
    hint: 'To dispatch for it, add a pattern to the rule’s `source.branches`.',
  }),
  'event-not-selected': ({ detail }) => ({
    message: `The run was caused by ${detail ?? 'another event'}, which this rule is not for.`,
    hint: 'Strangers can cause some events: name it in the rule’s `source.events` if that is meant.',
  }),
  'from-fork': () => ({
    message: 'The run’s commit comes from a fork.',
    hint: 'Set the input `allow-forks: true` if strangers’ code may lead to this dispatch.',
  }),
  'already-dispatched': ({ target, workflow }) => ({
    message: `${workflow} of ${target} was already dispatched for this run.`,
    hint: 'Nothing to do. With `on-rerun: redispatch` a re-run dispatches again.',
  }),
  'target-not-found': ({ target, detail }) => ({
    message: `${target} does not exist, or the token cannot see it; GitHub does not tell which.`,
    hint: detail ?? 'Check the name, and that the token’s owner can read the repository.',
  }),
  'no-inbound-config': ({ target, source }) => ({
    message: `${target} has no \`dispatching.yml\` on its default branch, so it allows nothing.`,
    hint: `If ${target} wants dispatches from ${source}, commit this there as \`.github/dispatching.yml\`:`,
  }),
  'invalid-inbound-config': ({ target, detail }) => ({
    message: `The \`dispatching.yml\` of ${target} cannot be read${detail ? `: ${detail}` : ''}.`,
    hint: `Nothing is allowed until it is mended there.`,
  }),
  'not-allowed': ({ target, source, workflow }) => ({
    message: `${target} does not allow ${source} to start ${workflow}.`,
    hint: `If ${target} wants this, add to \`inbound\` of its \`dispatching.yml\`:`,
  }),
  'ref-not-allowed': ({ target, source, workflow, ref }) => ({
    message: `${target} does not allow ${source} to start ${workflow} on ${ref ?? 'this ref'}.`,
    hint: `If ${target} wants this, its \`inbound\` must name the ref:`,
  }),
  'inputs-not-allowed': ({ target, source, workflow, detail }) => ({
    message: `${target} does not allow ${source} to set ${detail ?? 'these inputs'} of ${workflow}.`,
    hint: `If ${target} wants this, its \`inbound\` must name the inputs:`,
  }),
  loop: ({ target, workflow, detail }) => ({
    message: `Starting ${workflow} of ${target} would close a cycle: ${detail ?? 'it is already part of this chain'}.`,
    hint: 'Break the cycle: delete one of its rules, or filter it by `source.events`.',
  }),
  'too-deep': ({ detail }) => ({
    message: `This would be dispatch number ${detail ?? 'too many'} of one chain.`,
    hint: 'Shorten the chain, or raise the input `max-depth`.',
  }),
  'target-archived': ({ target }) => ({
    message: `${target} is archived, so GitHub starts no workflow there.`,
    hint: `Unarchive ${target} in its settings, or delete the rule here.`,
  }),
  'workflow-not-found': ({ target, workflow }) => ({
    message: `${target} has no workflow ${workflow} on its default branch.`,
    hint: 'Name the file as it stands in `.github/workflows` there.',
  }),
  'no-workflow-dispatch-trigger': ({ target, workflow }) => ({
    message: `${workflow} of ${target} cannot be dispatched: it is not triggered by \`workflow_dispatch\`.`,
    hint: 'Add `workflow_dispatch:` under its `on:`.',
  }),
  'workflow-disabled': ({ target, workflow }) => ({
    message: `${workflow} of ${target} is disabled.`,
    hint: 'Enable it on the Actions page of that repository.',
  }),
  'ref-not-found': ({ target, ref }) => ({
    message: `${target} has no branch or tag ${ref ?? 'of this name'}.`,
    hint: 'Create it, or change the rule’s `ref`.',
  }),
  'unexpected-inputs': ({ target, workflow, detail }) => ({
    message: `The inputs do not fit ${workflow} of ${target}${detail ? `: ${detail}` : ''}.`,
    hint: 'Make the rule’s `inputs` fit what the workflow declares.',
  }),
  'not-permitted': ({ target }) => ({
    message: `The token may not start workflows in ${target}.`,
    hint: 'It needs `actions: write` there.',
  }),
  'rate-limited': ({ target }) => ({
    message: `GitHub’s rate limit did not allow the dispatch to ${target} in time; nothing was started.`,
    hint: 'Re-run this job.',
  }),
  'github-unreachable': ({ target }) => ({
    message: `GitHub could not be reached for the dispatch to ${target}; nothing was started.`,
    hint: 'Re-run this job.',
  }),
  'dispatch-refused': ({ target, workflow }) => ({
    message: `GitHub refused to start ${workflow} of ${target}, for a reason it did not name.`,
    hint: 'Start the workflow by hand on the Actions page there: GitHub shows the reason.',
  }),
  'needs-attention': ({ target, workflow }) => ({
    message: `GitHub’s answer to the dispatch of ${workflow} to ${target} was lost, and its runs do not tell whether it started.`,
    hint: 'Look at the runs there. It is not sent again by itself, since it may have started.',
  }),
}

/** A reason in words: what happened, to what, and what to do next. */
export function explainRefusal(reason: Reason, about: Explained): Refusal {
  return { reason, ...WORDS[reason](about), ...(about.lines === undefined ? {} : { lines: about.lines }) }
}
