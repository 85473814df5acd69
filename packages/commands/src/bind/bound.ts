import type { ArgumentDefinition, CommandDefinition, CommandName, FlagDefinition } from '../definition.ts'
import type { CommentPlace } from '../fault.ts'
import type { Block } from '../parse/parse-comment.ts'
import type { PlacedSelector, Audience } from '../select/selector.ts'

export type ArgumentResult = string | readonly string[] | PlacedSelector | Audience

type ValueOf<A extends ArgumentDefinition> = A extends { readonly kind: 'choice'; readonly choices: readonly (infer C)[] }
  ? C
  : A extends { readonly kind: 'member' }
    ? PlacedSelector
    : A extends { readonly kind: 'members' }
      ? Audience
      : A extends { readonly many: true }
        ? readonly string[]
        : string

type ArgumentsOf<D extends CommandDefinition> = D extends { readonly arguments: infer L extends readonly ArgumentDefinition[] }
  ? { readonly [A in L[number] as A['name']]: ValueOf<A> | (A extends { readonly optional: true } ? undefined : never) }
  : Readonly<Record<string, never>>

type FlagOf<F extends FlagDefinition> = F extends { readonly kind: 'switch' }
  ? boolean
  : F extends { readonly kind: 'choice'; readonly choices: readonly (infer C)[] }
    ? C | undefined
    : string | undefined

type FlagsOf<D extends CommandDefinition> = D extends { readonly flags: infer F extends Readonly<Record<string, FlagDefinition>> }
  ? { readonly [N in keyof F]: FlagOf<F[N]> }
  : Readonly<Record<string, never>>

type BlockOf<D extends CommandDefinition> = D extends { readonly block: 'required' }
  ? Block
  : D extends { readonly block: 'optional' }
    ? Block | undefined
    : undefined

/** A command with its types: told apart by `command`, such as `release activate`. */
export type BoundCommand<D extends CommandDefinition> = D extends CommandDefinition
  ? CommentPlace & {
      readonly command: CommandName<D>
      readonly arguments: ArgumentsOf<D>
      readonly flags: FlagsOf<D>
      readonly block: BlockOf<D>
      /** By argument, where its first word stands. */
      readonly places: Readonly<Record<string, CommentPlace>>
    }
  : never

/** What every bound command is, whatever its definition. */
export interface AnyCommand extends CommentPlace {
  readonly command: string
  readonly arguments: Readonly<Record<string, ArgumentResult | undefined>>
  readonly flags: Readonly<Record<string, string | boolean | undefined>>
  readonly block: Block | undefined
  readonly places: Readonly<Record<string, CommentPlace>>
}
