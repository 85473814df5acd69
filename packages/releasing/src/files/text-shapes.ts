import { z } from 'zod'
import { type FormatName, FORMATS } from './formats.ts'

/** A text of one format. */
export function textOf(format: FormatName, max: number): z.ZodString {
  // One fault a text: what is empty or too long is not held against its pattern too.
  return z.string().min(1, { abort: true }).max(max, { abort: true }).regex(FORMATS[format].pattern, { error: format })
}

/** A text that may be left out or empty. */
export function proseOf(max: number): z.ZodDefault<z.ZodString> {
  return z.string().max(max, { abort: true }).regex(FORMATS.prose.pattern, { error: 'prose' }).default('')
}
