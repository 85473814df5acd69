import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './row.ts'

const MOST_BYTES = 1_000_000
/** Of the file that is read before the first request leaves: each 100 KB cost some 3 ms, of the 20 that a start may take on top. */
export const MOST_FIRST_BYTES = 150_000

/** Each action's bundle, minified: both its files, and the first alone, which is read before the first request leaves. */
export function measureBundles(root: string): readonly Row[] {
  return readdirSync(join(root, 'actions'))
    .sort()
    .flatMap((name) => {
      const [first = 0, late = 0] = ['index.js', 'late.js'].map((file) => sizeOf(join(root, 'actions', name, 'dist', file)))
      return [
        row(`bundle of ${name}`, first + late, MOST_BYTES),
        row(`what ${name} loads before its first request`, first, MOST_FIRST_BYTES),
      ]
    })
}

function row(job: string, bytes: number, most: number): Row {
  return { job, measured: `${Math.round(bytes / 1_000)} KB`, budget: `${most / 1_000} KB`, isWithin: bytes <= most }
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0
}
