import { followRef, isSchema, type Schema } from './spec.ts'

interface Shape {
  /** Every key that some variant of the schema declares, with all the schemas it may have. */
  readonly properties: Map<string, Schema[]>
  readonly items: Schema[]
  /** Whether some variant takes keys it does not name (`client_payload`, `inputs`, `files`). */
  open: boolean
}

const compositions = ['allOf', 'anyOf', 'oneOf'] as const

const isOpen = (schema: Schema): boolean => {
  const extra = schema['additionalProperties']
  if (extra !== undefined) return extra !== false
  const types = schema['type'] === undefined ? ['object'] : [schema['type']].flat()
  return types.includes('object') && !isSchema(schema['properties']) && !compositions.some((key) => key in schema)
}

const collect = (schema: Schema, shape: Shape): Shape => {
  const followed = followRef(schema)
  const parts = compositions.flatMap((key) => followed[key] ?? []).filter(isSchema)
  for (const part of parts) collect(part, shape)
  const isConstraint = parts.length === 0 && Object.keys(followed).every((key) => key === 'required')
  if (!isConstraint && isOpen(followed)) shape.open = true
  for (const [name, child] of Object.entries(isSchema(followed['properties']) ? followed['properties'] : {})) {
    if (isSchema(child)) shape.properties.set(name, [...(shape.properties.get(name) ?? []), child])
  }
  if (isSchema(followed['items'])) shape.items.push(followed['items'])
  return shape
}

/**
 * The paths of all keys of a value that no variant of its schemas declares. GitHub's description leaves most objects open, so that a
 * misspelled key passes validation: this is the check that catches it.
 */
export const findUnknownKeys = (schemas: readonly Schema[], value: unknown, at = ''): readonly string[] => {
  const shape: Shape = { properties: new Map(), items: [], open: false }
  for (const schema of schemas) collect(schema, shape)
  if (Array.isArray(value)) return value.flatMap((item, index) => findUnknownKeys(shape.items, item, `${at}/${index}`))
  if (!isSchema(value)) return []
  return Object.entries(value).flatMap(([key, child]) => {
    const declared = shape.properties.get(key)
    if (declared) return findUnknownKeys(declared, child, `${at}/${key}`)
    return shape.open ? [] : [`${at}/${key}`]
  })
}
