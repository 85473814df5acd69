import type { Json } from '@switchyard/core'
import type { ActionSpec, InputSpec } from './spec.ts'

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name

/** Lists are never undefined, only empty; the others are undefined when nothing was given and there is no default. */
type ValueOf<Input extends InputSpec> = Input extends { readonly kind: 'choice'; readonly values: readonly (infer Value)[] }
  ? Value
  : Input extends { readonly kind: 'boolean' }
    ? boolean
    : Input extends { readonly kind: 'integer' }
      ? number
      : Input extends { readonly kind: 'list' | 'lines' }
        ? readonly string[]
        : Input extends { readonly kind: 'json' }
          ? Json
          : string

/** A default that is an expression is the runner's to fill in, and may come out empty. */
type IsSure<Input extends InputSpec> = Input extends { readonly kind: 'list' | 'lines' } | { readonly required: true }
  ? true
  : Input extends { readonly kind: 'secret' }
    ? false
    : Input extends { readonly default: `\${{${string}` }
      ? false
      : Input extends { readonly default: string | boolean | number }
        ? true
        : false

type ReadValue<Input extends InputSpec> = IsSure<Input> extends true ? ValueOf<Input> : ValueOf<Input> | undefined

type Named<Spec extends ActionSpec, Kind extends 'secret' | 'plain'> = {
  readonly [
    Name in keyof Spec['inputs'] & string as Spec['inputs'][Name] extends { readonly kind: 'secret' }
      ? Kind extends 'secret'
        ? CamelCase<Name>
        : never
      : Kind extends 'secret'
        ? never
        : CamelCase<Name>
  ]: ReadValue<Spec['inputs'][Name]>
}

/** Every input but the secrets, in camelCase. */
export type Inputs<Spec extends ActionSpec> = Named<Spec, 'plain'>

/** The secrets, in camelCase. They go straight to the GitHub room. */
export type Secrets<Spec extends ActionSpec> = Named<Spec, 'secret'>
