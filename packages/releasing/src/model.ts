import type { Place } from '@switchyard/core'
import type { Metadata } from './release/records/parts.ts'

/** Closed lists of the files. Source: seed 001, the database's enums. */
export const RELEASE_TYPES = ['onboarding', 'release', 'hotfix'] as const
export const CATEGORIES = ['deploy', 'verify'] as const
export const STEP_TYPES = ['bash', 'sql', 'text'] as const
/** What a release’s file says of the release itself, as records call it: it follows the file for as long as it is worked off. */
export const FILE_FACTS = ['name', 'type', 'version_number', 'release_date', 'description', 'metadata'] as const
export const RELEASE_STATUSES = ['draft', 'active', 'archived'] as const
export const STEP_STATUSES = ['pending', 'done', 'skipped', 'reverted'] as const

export type ReleaseType = (typeof RELEASE_TYPES)[number]
export type Category = (typeof CATEGORIES)[number]
export type StepType = (typeof STEP_TYPES)[number]
export type FileFact = (typeof FILE_FACTS)[number]
export type ReleaseStatus = (typeof RELEASE_STATUSES)[number]
export type StepStatus = (typeof STEP_STATUSES)[number]

/** `release/inventory.yml`, with every default filled in. */
export interface Inventory {
  /** In the file's order. */
  readonly clusters: readonly Cluster[]
}

export interface Cluster {
  readonly name: string
  readonly description: string
  readonly active: boolean
  readonly tags: readonly string[]
  /** A GitHub environment, whose secrets and approvals guard what runs there. Default: the cluster's name. */
  readonly environment: string
  /** What SQL steps are handed to; undefined: none can be run there. */
  readonly sqlCommand: string | undefined
  readonly customers: readonly Customer[]
  readonly place: Place
}

export interface Customer {
  /** Of the cluster that it stands under. */
  readonly cluster: string
  /** Unique within the cluster. */
  readonly namespace: string
  readonly name: string
  readonly description: string
  readonly active: boolean
  readonly tags: readonly string[]
  readonly place: Place
}

/** A customer's address, by which it is known: `cluster/namespace`. */
export function addressOf({ cluster, namespace }: Pick<Customer, 'cluster' | 'namespace'>): string {
  return `${cluster}/${namespace}`
}

/** A step as a release's file writes it: the template of every customer's own. */
export interface TemplateStep {
  /** Unique within the release, for ever. */
  readonly id: string
  readonly category: Category
  readonly name: string
  readonly type: StepType
  readonly content: string
  readonly description: string
}

/** `release/releases/<slug>.yml`, with every default filled in and the contents of named files. */
export interface ReleaseFile {
  readonly slug: string
  readonly name: string
  readonly type: ReleaseType
  readonly versionNumber: string
  /** ISO date, or undefined. */
  readonly releaseDate: string | undefined
  readonly description: string
  /** Whatever is kept there for other tools. */
  readonly metadata: Metadata
  /** The commit, branch or tag that the release is of; undefined: the head when it is activated. */
  readonly ref: string | undefined
  /** Deploy steps in the file's order, then verify steps. */
  readonly steps: readonly TemplateStep[]
}
