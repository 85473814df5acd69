import { z } from 'zod'
import { recipePath, text } from './formats.ts'
import {
  MAX_ADR_NUMBER,
  MAX_COMMAND_LENGTH,
  MAX_CONTENT_BYTES,
  MAX_FIND_LENGTH,
  MAX_MARKER_LENGTH,
  MAX_REPLACE_LENGTH,
  MAX_TITLE_LENGTH,
} from './limits.ts'

const content = z.string().max(MAX_CONTENT_BYTES).describe('At most 64 KiB of UTF-8.')

/** Params of the actions that work on the tree of files. */
export const fileActionParams = {
  COPY_FILE: z.strictObject({ source: recipePath, dest: recipePath }),
  WRITE_FILE: z.strictObject({ path: recipePath, content }),
  APPEND_TO_FILE: z.strictObject({
    path: recipePath,
    content,
    marker: z
      .string()
      .min(1)
      .max(MAX_MARKER_LENGTH)
      .describe('A part of the content; where the file holds it already, nothing is appended.'),
  }),
  REPLACE_STRING: z.strictObject({
    file: recipePath,
    find: z.string().min(1).max(MAX_FIND_LENGTH),
    replace: z.string().max(MAX_REPLACE_LENGTH),
    expect_count: z.int().min(1).max(10_000).default(1).describe('How often `find` must stand in the file.'),
  }),
  CREATE_ADR_STUB: z.strictObject({
    number: z.int().min(1).max(MAX_ADR_NUMBER),
    title: text('title', MAX_TITLE_LENGTH),
    template: z.enum(['nygard', 'madr']),
  }),
  ADD_DEPENDENCY: z.strictObject({
    name: z.string().min(1).max(214).describe('A package of the registry.'),
    version: z.string().min(1).max(256).describe('A version or a range; no tag such as `latest`.'),
    dev: z.boolean().default(false),
  }),
  RUN_BASH_TEMPLATE: z.strictObject({
    command: z.string().min(1).max(MAX_COMMAND_LENGTH).describe('One of the built-in commands; run without a shell.'),
  }),
  DELETE_FILE: z.strictObject({ path: recipePath }),
  RENAME_FILE: z.strictObject({ source: recipePath, dest: recipePath }),
  RENDER_FILE: z.strictObject({ path: recipePath }).describe('Fills in placeholders such as `{{ repo.name }}`.'),
} as const
