import type { Site } from '@switchyard/planning/render'
import type { Door } from './door.ts'

/** Where an idea has its pages. */
export function siteOf({ given: { context } }: Door, issue: number): Site {
  return { server: context.serverUrl, repository: context.repository.fullName, issue }
}
