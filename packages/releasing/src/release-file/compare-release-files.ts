import { canonicalJson } from '@switchyard/core'
import type { Category, ReleaseFile, TemplateStep } from '../model.ts'
import { findMoved, type MovedStep } from './find-moved.ts'

/** What of a template reaches the customers' copies of it. Source: release contract, "A pushed change of a template". */
export const STEP_FIELDS = ['name', 'type', 'content', 'description'] as const
export type StepField = (typeof STEP_FIELDS)[number]

/** What a release's file says of the release itself. */
export const RELEASE_FIELDS = ['name', 'type', 'versionNumber', 'releaseDate', 'description', 'metadata', 'ref'] as const
export type ReleaseField = (typeof RELEASE_FIELDS)[number]

/** A step in both files of which customers' copies must hear. */
export interface ChangedStep {
  /** As it is now. */
  readonly step: TemplateStep
  /** Which of its words differ, in the order of `STEP_FIELDS`. */
  readonly fields: readonly StepField[]
}

/** How a release's file changed. Steps are known by their ids; lists are in the new file's order, `removed` in the old one's. */
export interface TemplateChange {
  readonly added: readonly TemplateStep[]
  readonly removed: readonly TemplateStep[]
  readonly changed: readonly ChangedStep[]
  /** The fewest steps that, put elsewhere, give the new order of those in both files. */
  readonly moved: readonly MovedStep[]
  /** Every id in the new order. */
  readonly order: Readonly<Record<Category, readonly string[]>>
  readonly fields: readonly ReleaseField[]
}

type Steps = readonly TemplateStep[]

/** What a push changed in a release's file. Both are of one release: the slug is not compared. */
export function compareReleaseFiles(old: ReleaseFile, now: ReleaseFile): TemplateChange {
  const before = new Map(old.steps.map((step) => [step.id, step]))
  const after = new Map(now.steps.map((step) => [step.id, step]))
  return {
    added: now.steps.filter(({ id }) => !before.has(id)),
    removed: old.steps.filter(({ id }) => !after.has(id)),
    changed: now.steps.flatMap((step) => findChange(before.get(step.id), step)),
    moved: findMoved(old.steps, now.steps),
    order: { deploy: idsOf(now.steps, 'deploy'), verify: idsOf(now.steps, 'verify') },
    fields: RELEASE_FIELDS.filter((field) => canonicalJson(old[field] ?? null) !== canonicalJson(now[field] ?? null)),
  }
}

function findChange(old: TemplateStep | undefined, step: TemplateStep): readonly ChangedStep[] {
  if (old === undefined) return []
  const fields = STEP_FIELDS.filter((field) => old[field] !== step[field])
  return fields.length === 0 ? [] : [{ step, fields }]
}

function idsOf(steps: Steps, category: Category): readonly string[] {
  return steps.filter((step) => step.category === category).map(({ id }) => id)
}
