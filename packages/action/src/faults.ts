import type { Fault, JsonObject } from '@switchyard/core'
import type { Annotation } from './run-types.ts'

/** A fault on its line, with what to do about it. */
export function annotateFault({ message, hint, place, severity }: Fault): Annotation {
  return { level: severity, message: hint === undefined ? message : `${message} ${hint}`, ...place }
}

/** A fault as it stands in `result`. */
export function toFaultResult({ code, message, severity, place }: Fault): JsonObject {
  return { code, message, severity, file: place?.file ?? null, line: place?.line ?? null, column: place?.column ?? null }
}
