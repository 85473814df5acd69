/** One thing that `npm test` finds out. */
export interface Check {
  readonly name: string
  run(): Promise<CheckResult>
}

export interface CheckResult {
  /** Tests counted one by one; any other check counts as one. */
  readonly passed: number
  readonly failed: number
  /** Shown in full if anything failed. */
  readonly output: string
  /** Names of what failed, for the report's end: whoever keeps only the tail of a log still learns them. */
  readonly names?: readonly string[]
}

/** The result of a check that lists what is wrong, a line each. */
export function toResult(faults: readonly string[]): CheckResult {
  return faults.length === 0 ? { passed: 1, failed: 0, output: '' } : { passed: 0, failed: 1, output: faults.join('\n') }
}
