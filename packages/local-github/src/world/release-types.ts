import type { Moment } from './types.ts'

/** A release. A draft has no tag yet: publishing makes it. */
export interface Release {
  readonly id: number
  readonly repositoryId: number
  readonly authorId: number
  tagName: string
  target: string
  name: string | undefined
  body: string | undefined
  isDraft: boolean
  isPrerelease: boolean
  readonly createdAt: Moment
  updatedAt: Moment
  publishedAt: Moment | undefined
}
