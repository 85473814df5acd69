import { isJsonObject, MAX_PATH_LENGTH } from '@switchyard/core'
import { z } from 'zod'
import {
  MAX_CONTENT_BYTES,
  MAX_DESCRIPTION_LENGTH,
  MAX_ID_LENGTH,
  MAX_REF_LENGTH,
  MAX_STEPS,
  MAX_TITLE_LENGTH,
  MAX_VERSION_LENGTH,
} from '../files/limits.ts'
import { proseOf, textOf } from '../files/text-shapes.ts'
import type { Words } from '../files/words.ts'
import { RELEASE_TYPES, STEP_TYPES } from '../model.ts'

const fields = {
  id: textOf('id', MAX_ID_LENGTH).describe('A lasting name, unique within the release: commands and records know the step by it.'),
  name: textOf('line', MAX_TITLE_LENGTH),
  type: z.enum(STEP_TYPES).describe('What carries it out: a shell, the cluster’s SQL command, or a person.'),
  content: z.string().min(1).max(MAX_CONTENT_BYTES).optional().describe('What is carried out. Either this or `file`.'),
  file: textOf('path', MAX_PATH_LENGTH).optional().describe('The file that holds the content, below `release/`: `steps/migrate.sql`.'),
  description: proseOf(MAX_DESCRIPTION_LENGTH),
}

const CONTENT_OR_FILE = 'content-or-file'

const stepShape = z
  .strictObject(fields)
  .refine(({ content, file }) => (content === undefined) !== (file === undefined), {
    error: CONTENT_OR_FILE,
    // Asked even where another key is wrong, so that everything is told at once.
    when: ({ value }) => isJsonObject(value),
  })
  .meta({ oneOf: [{ required: ['content'] }, { required: ['file'] }] })

const steps = z.array(stepShape).max(MAX_STEPS).default([])

/** The shape of a release's file: everything that can be said of it without looking at two places at once. Objects are closed. */
export const releaseFileShape = z.strictObject({
  name: textOf('line', MAX_TITLE_LENGTH),
  type: z.enum(RELEASE_TYPES),
  version_number: textOf('line', MAX_VERSION_LENGTH).optional().describe('Text: put numbers in quotes, `"1.10"`.'),
  release_date: textOf('date', 10).optional().describe('Year, month and day: `2026-11-21`.'),
  description: proseOf(MAX_DESCRIPTION_LENGTH),
  ref: z
    .string()
    .min(1)
    .max(MAX_REF_LENGTH)
    .optional()
    .describe(
      'The branch, tag or commit that the release is of: its check run is put there. It is looked up when the release is activated; default: the default branch’s head. Contents are always the default branch’s.',
    ),
  metadata: z.record(z.string(), z.unknown()).optional().describe('Anything you keep here for other tools.'),
  steps: z
    .strictObject({
      deploy: steps.describe('In the order in which they are carried out.'),
      verify: steps.describe('Carried out after the deploy steps.'),
    })
    .default({ deploy: [], verify: [] }),
})

export type ReleaseFileShape = z.output<typeof releaseFileShape>
export type StepShape = z.output<typeof stepShape>

const stepKeys = Object.keys(fields)

export const releaseFileWords: Words = {
  keys: {
    '': Object.keys(releaseFileShape.shape),
    steps: ['deploy', 'verify'],
    'steps.deploy': stepKeys,
    'steps.verify': stepKeys,
  },
  refinements: {
    [CONTENT_OR_FILE]: {
      code: CONTENT_OR_FILE,
      must: 'needs either `content` or `file`',
      hint: 'Write what is carried out as `content`, or name the `file` below `release/` that holds it; not both.',
    },
  },
}
