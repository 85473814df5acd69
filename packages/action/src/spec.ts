interface InputBase {
  readonly description: string
  /** The action cannot run without it. The runner does not see to it; `readInputs` does. */
  readonly required?: boolean
}

/** A token or key: masked first thing, never part of the inputs. A default can only be an expression, for the runner to fill in. */
export interface SecretInput extends InputBase {
  readonly kind: 'secret'
  readonly default?: `\${{ ${string} }}`
}

export interface TextInput extends InputBase {
  readonly kind: 'text'
  readonly default?: string
}

/** One of a closed set. `aliases` are further spellings, each with the value it means. */
export interface ChoiceInput<Value extends string = string> extends InputBase {
  readonly kind: 'choice'
  readonly values: readonly Value[]
  readonly aliases?: Readonly<Record<string, Value>>
  readonly default?: Value
}

export interface BooleanInput extends InputBase {
  readonly kind: 'boolean'
  readonly default?: boolean
}

export interface IntegerInput extends InputBase {
  readonly kind: 'integer'
  readonly min: number
  readonly max: number
  readonly default?: number
}

/** Items separated by commas or line breaks; empty ones are left out. */
export interface ListInput extends InputBase {
  readonly kind: 'list'
  readonly default?: readonly string[]
}

/** One item a line; empty lines are left out. */
export interface LinesInput extends InputBase {
  readonly kind: 'lines'
  readonly default?: readonly string[]
}

export interface JsonInput extends InputBase {
  readonly kind: 'json'
}

export type InputSpec = SecretInput | TextInput | ChoiceInput | BooleanInput | IntegerInput | ListInput | LinesInput | JsonInput

/** The registry of one action: what its `action.yml`, its README tables and its types are made from. */
export interface ActionSpec {
  readonly name: string
  readonly description: string
  readonly author?: string
  readonly branding: { readonly icon: string; readonly color: BrandingColor }
  /** Names in kebab-case, as people type them. */
  readonly inputs: Readonly<Record<string, InputSpec>>
  /** Beside the common ones (`decision`, `reason-code`, `result`): name and description. */
  readonly outputs: Readonly<Record<string, string>>
  /** Every reason this action itself ends with: code in kebab-case, and what it means. */
  readonly reasonCodes: Readonly<Record<string, string>>
  /** Of the JSON in `result`. */
  readonly schemaVersion: number
}

export const BRANDING_COLORS = ['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark'] as const
export type BrandingColor = (typeof BRANDING_COLORS)[number]

/** How an action ended. */
export const DECISIONS = ['done', 'nothing-to-do', 'refused', 'failed'] as const
export type Decision = (typeof DECISIONS)[number]

/** The registry of an action, with its names and closed sets kept as types. */
export function defineAction<const Spec extends ActionSpec>(spec: Spec): Spec {
  return spec
}
