import type { z } from 'zod'
import { Problem } from './problem.ts'

/** Reads the JSON body by the route's schema. No body is an empty object. Refusals are worded as GitHub words them. */
export function parseBody<Schema extends z.ZodType>(bytes: Buffer, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(parseJson(bytes))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new Problem(422, `Invalid request.\n\n${issue === undefined ? '' : renderIssue(issue)}`)
}

export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return {}
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Problem(400, 'Problems parsing JSON')
  }
}

function renderIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('/')
  if (issue.code === 'unrecognized_keys') return `"${issue.keys.join('", "')}" is not a permitted key.`
  if (issue.code === 'invalid_type' && issue.input === undefined) return `"${path}" wasn't supplied.`
  return `For 'properties/${path}', ${issue.message}`
}
