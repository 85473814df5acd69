import { z } from 'zod'
import { text } from './formats.ts'
import { MAX_TOPICS } from './limits.ts'

const label = z.strictObject({
  name: text('line', 50),
  color: text('colour').default('ededed'),
  description: z
    .string()
    .max(100)
    .regex(/^[^\r\n]*$/, { error: 'line' })
    .default(''),
})

const pattern = z.string().min(1).max(255)

/** Params of the actions that follow the creation; limits are those of GitHub's REST reference. */
export const settingsActionParams = {
  SET_TOPICS: z.strictObject({ topics: z.array(text('topic', 50)).min(1).max(MAX_TOPICS) }),
  CREATE_LABELS: z.strictObject({ labels: z.array(label).min(1).max(100) }),
  CREATE_ENVIRONMENT: z.strictObject({
    name: text('line', 255),
    wait_timer: z.int().min(0).max(43_200).default(0).describe('Minutes to wait before a deployment.'),
    reviewers: z.array(text('reviewer', 201)).max(6).default([]).describe('Users, and teams as `organisation/team`.'),
    prevent_self_review: z.boolean().default(false),
    protected_branches: z.boolean().default(false).describe('Only protected branches may deploy.'),
  }),
  PROTECT_BRANCH: z.strictObject({
    branch: z.string().min(1).max(255).default('main'),
    required_reviews: z.int().min(0).max(6).default(1).describe('0: no review is asked for.'),
    required_checks: z.array(text('line', 255)).max(100).default([]),
    require_up_to_date: z.boolean().default(false),
    dismiss_stale_reviews: z.boolean().default(false),
    require_code_owner_reviews: z.boolean().default(false),
    require_linear_history: z.boolean().default(false),
    enforce_admins: z.boolean().default(false),
  }),
  ALLOW_DISPATCH: z
    .strictObject({
      source: text('source', 201).describe('The repository that may dispatch: `owner/name`, or the name of one of the same owner.'),
      workflow: text('workflow', 255).describe('The workflow there whose completed runs may dispatch.'),
      branches: z.array(pattern).min(1).max(100).optional(),
      targets: z
        .array(
          z.strictObject({
            workflow: text('workflow', 255),
            refs: z.array(pattern).min(1).max(100).optional(),
            inputs: z.array(text('line', 255)).max(25).optional(),
          }),
        )
        .min(1)
        .max(100),
    })
    .describe('A rule under `inbound` in `.github/dispatching.yml` of the new repository.'),
} as const
