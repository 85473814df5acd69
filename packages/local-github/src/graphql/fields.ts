import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql'
import { Args } from './args.ts'
import type { GraphqlContext } from './context.ts'
import { notImplemented } from './refusal.ts'
import { isSource, type Sources, type SourceType } from './sources.ts'

export interface FieldCall<Type extends SourceType> {
  readonly value: Sources[Type]
  readonly args: Args
  readonly context: GraphqlContext
  readonly info: GraphQLResolveInfo
}

export type Fields<Type extends SourceType> = Readonly<Record<string, (call: FieldCall<Type>) => unknown>>

export interface TypeFields {
  readonly type: SourceType
  /** Undefined when the type has no resolver for the field. */
  find(source: unknown, field: string): ((call: Omit<FieldCall<SourceType>, 'value'>) => unknown) | undefined
}

/** The fields of one type of the schema that the embedded GitHub has. */
export function fieldsOf<Type extends SourceType>(type: Type, fields: Fields<Type>): TypeFields {
  return {
    type,
    find(source, field) {
      const resolve = fields[field]
      if (resolve === undefined || !isSource(type, source)) return undefined
      const { value } = source
      return (call) => resolve({ ...call, value })
    },
  }
}

/**
 * One resolver for every field: by type where the type is ours, else a property of the object that a resolver made (a payload, a
 * connection, a page). What is neither is an error that names the field: null would look like an answer.
 */
export function createFieldResolver(
  types: readonly TypeFields[],
): GraphQLFieldResolver<unknown, GraphqlContext, Readonly<Record<string, unknown>>> {
  const byName = new Map<string, TypeFields>(types.map((fields) => [fields.type, fields]))
  return (source, ...[args, context, info]) => {
    const name = `${info.parentType.name}.${info.fieldName}`
    const fields = byName.get(info.parentType.name)
    if (fields !== undefined) {
      const resolve = fields.find(source, info.fieldName)
      if (resolve === undefined) throw notImplemented(name)
      return resolve({ args: new Args(args), context, info })
    }
    const value = readProperty(source, info.fieldName)
    if (value === undefined) throw notImplemented(name)
    return value
  }
}

function readProperty(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null || !Object.hasOwn(source, name)) return undefined
  const found: unknown = Reflect.get(source, name)
  return found
}
