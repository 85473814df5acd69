import type { Severity } from '../review/model.ts'
import type { RoundRecord, RoundSummary } from './records/parts.ts'

/** A round with how many findings it had of each severity, instead of their texts. */
export function summariseRound({ findings, ...round }: RoundRecord): RoundSummary {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length
  return { ...round, findings: { blocker: count('blocker'), major: count('major'), minor: count('minor'), note: count('note') } }
}
