import { z } from 'zod'
import { switchyardShape } from './shape.ts'

/** The JSON Schema of `.github/switchyard.yml`, made from the parser's own shape, for editors. */
export function switchyardSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(switchyardShape, { target: 'draft-2020-12' }),
    title: 'switchyard.yml',
    description: 'Who may use which slash command, and which repositories may create issues or pull requests here.',
  }
}
