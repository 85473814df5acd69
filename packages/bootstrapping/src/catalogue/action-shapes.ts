import { z } from 'zod'
import { type ActionTraits, REQUIRED_ROLES, RISK_LEVELS, SIDE_EFFECTS, type SideEffect } from '../model.ts'
import { fileActionParams } from './file-action-shapes.ts'
import { MAX_CONDITION_LENGTH } from './limits.ts'
import { settingsActionParams } from './settings-action-shapes.ts'

export const order = z.int().min(-1_000_000).max(1_000_000)

const traits = {
  execution_order: order.describe('Actions of all chosen options run by this number, lowest first.'),
  supports_dry_run: z.boolean().default(true).describe('Whether a preview carries it out.'),
  side_effects: z.array(z.enum(SIDE_EFFECTS)).max(16).optional().describe('Default: what the kind does by its nature.'),
  risk_level: z.enum(RISK_LEVELS).default('LOW'),
  requires_role: z.enum(REQUIRED_ROLES).default('ANY'),
  if: z.string().min(1).max(MAX_CONDITION_LENGTH).optional().describe('An expression over selections.* and repo.*; left out: always.'),
}

function action<Kind extends string, Params extends z.ZodType>(kind: Kind, params: Params) {
  return z.strictObject({ kind: z.literal(kind), params, ...traits })
}

const files = fileActionParams
const settings = settingsActionParams

/** One action of an option, as the file writes it. */
export const actionShape = z.discriminatedUnion('kind', [
  action('COPY_FILE', files.COPY_FILE),
  action('WRITE_FILE', files.WRITE_FILE),
  action('APPEND_TO_FILE', files.APPEND_TO_FILE),
  action('REPLACE_STRING', files.REPLACE_STRING),
  action('CREATE_ADR_STUB', files.CREATE_ADR_STUB),
  action('ADD_DEPENDENCY', files.ADD_DEPENDENCY),
  action('RUN_BASH_TEMPLATE', files.RUN_BASH_TEMPLATE),
  action('DELETE_FILE', files.DELETE_FILE),
  action('RENAME_FILE', files.RENAME_FILE),
  action('RENDER_FILE', files.RENDER_FILE),
  action('SET_TOPICS', settings.SET_TOPICS),
  action('CREATE_LABELS', settings.CREATE_LABELS),
  action('CREATE_ENVIRONMENT', settings.CREATE_ENVIRONMENT),
  action('PROTECT_BRANCH', settings.PROTECT_BRANCH),
  action('ALLOW_DISPATCH', settings.ALLOW_DISPATCH),
])

export const actionParams = { ...files, ...settings }
export const actionKeys = ['kind', 'params', ...Object.keys(traits)]

export type ActionKind = keyof typeof actionParams
/** What an action does, apart from when: its kind with that kind's params, defaults filled in. */
export type ActionStep = {
  [Kind in ActionKind]: { readonly kind: Kind; readonly params: z.output<(typeof actionParams)[Kind]> }
}[ActionKind]
/** An action with every default filled in. */
export type CatalogueAction = ActionStep & ActionTraits
export type ActionOf<Kind extends ActionKind> = Extract<CatalogueAction, { readonly kind: Kind }>

export function isActionKind(kind: unknown): kind is ActionKind {
  return typeof kind === 'string' && Object.hasOwn(actionParams, kind)
}

/** What an action does by its nature, where the file does not say. Sorted. */
export function sideEffectsOf(kind: ActionKind): readonly SideEffect[] {
  if (kind === 'RUN_BASH_TEMPLATE') return ['FILESYSTEM', 'NETWORK']
  return Object.hasOwn(settingsActionParams, kind) && kind !== 'ALLOW_DISPATCH' ? ['GITHUB_SETTINGS'] : ['FILESYSTEM']
}
