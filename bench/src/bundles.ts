import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './row.ts'

const MOST_BYTES = 1_000_000

/** Each action's bundle, minified. */
export function measureBundles(root: string): readonly Row[] {
  return readdirSync(join(root, 'actions'))
    .sort()
    .map((name) => {
      const { size } = statSync(join(root, 'actions', name, 'dist/index.js'))
      return {
        job: `bundle of ${name}`,
        measured: `${Math.round(size / 1_000)} KB`,
        budget: `${MOST_BYTES / 1_000} KB`,
        isWithin: size <= MOST_BYTES,
      }
    })
}
