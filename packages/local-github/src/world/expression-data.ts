import { data } from '@actions/expressions'

const known = new WeakMap<object, data.ExpressionData>()

/** Plain JSON as the expression library holds it. Objects are converted once: they must not change afterwards. */
export function toExpressionData(value: unknown): data.ExpressionData {
  switch (typeof value) {
    case 'string':
      return new data.StringData(value)
    case 'number':
      return new data.NumberData(value)
    case 'boolean':
      return new data.BooleanData(value)
    default:
      if (typeof value !== 'object' || value === null) return new data.Null()
      return known.get(value) ?? remember(value)
  }
}

function remember(value: object): data.ExpressionData {
  const converted = Array.isArray(value)
    ? new data.Array(...value.map(toExpressionData))
    : new data.Dictionary(...Object.entries(value).map(([key, entry]) => ({ key, value: toExpressionData(entry) })))
  known.set(value, converted)
  return converted
}
