/** Values of the catalogue's closed lists, as the file writes them. */
export const SELECTION_TYPES = ['SINGLE', 'MULTI'] as const
export const SIDE_EFFECTS = ['FILESYSTEM', 'GITHUB_REPO', 'GITHUB_SETTINGS', 'NETWORK'] as const
/** From the least to the most. */
export const RISK_LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const
export const REQUIRED_ROLES = ['ANY', 'ADMIN'] as const
export const VISIBILITIES = ['private', 'internal', 'public'] as const

export type SelectionType = (typeof SELECTION_TYPES)[number]
export type SideEffect = (typeof SIDE_EFFECTS)[number]
export type RiskLevel = (typeof RISK_LEVELS)[number]
export type RequiredRole = (typeof REQUIRED_ROLES)[number]
export type Visibility = (typeof VISIBILITIES)[number]

/** Raised whenever the shape or the meaning of a recipe action changes. */
export const ACTION_SCHEMA_VERSION = '1.0'

/**
 * The catalogue with every default filled in. Its keys are the file's own: they are hashed, recorded and published as they are.
 * `Params` is the action's own shape, by its kind.
 */
export interface Catalogue<Action> {
  readonly template: TemplateRef
  /** In display order, then by slug. */
  readonly categories: readonly Category<Action>[]
}

/** A template repository at a tag. */
export interface TemplateRef {
  /** `owner/name` */
  readonly repository: string
  /** A tag. */
  readonly version: string
}

export interface Category<Action> {
  readonly slug: string
  readonly label: string
  readonly description: string
  readonly selection_type: SelectionType
  readonly display_order: number
  readonly is_required: boolean
  readonly options: readonly Option<Action>[]
}

export interface Option<Action> {
  readonly slug: string
  readonly label: string
  readonly description: string
  readonly is_default: boolean
  readonly enabled: boolean
  readonly archived: boolean
  readonly display_order: number
  readonly actions: readonly Action[]
}

/** What every action of a catalogue has beside its kind and params. */
export interface ActionTraits {
  readonly execution_order: number
  readonly supports_dry_run: boolean
  /** Sorted. */
  readonly side_effects: readonly SideEffect[]
  readonly risk_level: RiskLevel
  readonly requires_role: RequiredRole
  /** An expression over `selections.*` and `repo.*`; left out: always. */
  readonly if?: string
}

/** Chosen options by category; every category of the catalogue has an entry, in the catalogue's order. */
export type Selections = Readonly<Record<string, readonly string[]>>

/** The repository that is to be made, as actions see it. */
export interface RepositoryPlan {
  readonly owner: string
  readonly name: string
  readonly visibility: Visibility
}

/** What actions may know beside the tree. */
export interface Scene {
  readonly repo: RepositoryPlan
  readonly selections: Selections
  readonly template: TemplateRef & {
    readonly commit: string
    /** ms since the epoch: the time of the template's commit, so that a rendering depends on no clock. */
    readonly committedAt: number
  }
}
