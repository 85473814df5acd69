import { byPlace, type Fault } from '@switchyard/core'
import { MAX_FAULTS } from './limits.ts'

/** At most `MAX_FAULTS`, from the text's top to its end. Errors have room before warnings, so that nothing is refused without a reason. */
export function cutFaults(faults: readonly Fault[]): readonly Fault[] {
  const { error = [], warning = [] } = Object.groupBy(faults, ({ severity }) => severity)
  const kept = new Set([...error, ...warning].slice(0, MAX_FAULTS))
  return faults.filter((fault) => kept.has(fault)).sort(byPlace)
}
