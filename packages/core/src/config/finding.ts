import type { Path } from './yaml-document.ts'

/** Faults without severity and place: what each rule finds. */
export interface Finding {
  readonly path: Path
  readonly code: string
  readonly message: string
  readonly hint: string
  /** Where inside the text at `path`, from 0. */
  readonly offset?: number
  readonly warning?: boolean
  readonly atKey?: boolean
}

export type Rule = (value: unknown, owner: string) => readonly Finding[]
