import { isAbsolute, relative, sep } from 'node:path'
import type { WorkflowCommand } from './workflow-commands.ts'

export const ANNOTATION_LEVELS = ['error', 'warning', 'notice'] as const
export type AnnotationLevel = (typeof ANNOTATION_LEVELS)[number]

/** What GitHub shows on the run, and on a file's line if it names one. */
export interface Annotation {
  readonly level: AnnotationLevel
  /** Masked, and cut where GitHub cuts it. */
  readonly message: string
  readonly title?: string
  /** Relative to the workspace when it lies inside. */
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
  readonly column?: number
  readonly endColumn?: number
}

/** Characters of a message that GitHub keeps (runner, `ExecutionContext`). */
export const MAX_ANNOTATION_LENGTH = 4096
/** Annotations of one level that GitHub keeps for a step (runner, `ExecutionContext`). */
export const MAX_ANNOTATIONS_PER_LEVEL = 10

/** The annotation of an `::error`, `::warning` or `::notice` command. */
export function toAnnotation(level: AnnotationLevel, command: WorkflowCommand, workspace: string): Annotation {
  const text = (key: string): string | undefined => command.properties.get(key)
  const number = (key: string): number | undefined => (/^\d+$/.test(text(key) ?? '') ? Number(text(key)) : undefined)
  const file = text('file')
  const found = {
    title: text('title'),
    file: file === undefined ? undefined : relativeToWorkspace(file, workspace),
    line: number('line') ?? number('endline'),
    endLine: number('endline'),
    column: number('col') ?? number('endcolumn'),
    endColumn: number('endcolumn'),
  }
  const present = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
  return { level, message: command.data, ...present }
}

function relativeToWorkspace(file: string, workspace: string): string {
  const path = isAbsolute(file) ? relative(workspace, file) : file
  return path.startsWith(`..${sep}`) ? file : path.split(sep).join('/')
}
