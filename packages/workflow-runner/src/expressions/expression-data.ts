import { data } from '@actions/expressions'

/** The value as plain JSON. */
export function fromExpressionData(value: data.ExpressionData): unknown {
  switch (value.kind) {
    case data.Kind.Null:
      return null
    case data.Kind.Array:
      return value.values().map(fromExpressionData)
    case data.Kind.Dictionary:
      return Object.fromEntries(value.pairs().map((pair) => [pair.key, fromExpressionData(pair.value)]))
    case data.Kind.String:
    case data.Kind.Number:
    case data.Kind.Boolean:
      return value.value
    default:
      return value satisfies never
  }
}
