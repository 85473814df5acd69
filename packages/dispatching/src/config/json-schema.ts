import { z } from 'zod'
import { dispatchingShape } from './shape.ts'

/** The JSON Schema of `dispatching.yml`, made from the parser's own shape, for editors. */
export function dispatchingSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(dispatchingShape, { target: 'draft-2020-12' }),
    title: 'dispatching.yml',
    description: 'Which completed workflow runs start which workflows elsewhere (outbound), and who may start what here (inbound).',
  }
}
