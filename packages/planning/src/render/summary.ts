import { clip, clipCode, countOf, type Fault, fitLines, joinParts } from '@switchyard/core'
import { renderFaults } from './faults.ts'
import { linkNumber } from './links.ts'
import { MAX_PATH, MAX_TITLE } from './limits.ts'
import type { PlanCheck } from './check.ts'

/** A plan's file as a run that only reads found it. */
export interface ValidatedFile {
  readonly path: string
  readonly result:
    | { readonly ok: true; readonly title: string; readonly stories: number; readonly tasks: number; readonly warnings: readonly Fault[] }
    | { readonly ok: false; readonly faults: readonly Fault[] }
}

interface Validated {
  readonly kind: 'validate'
  readonly files: readonly ValidatedFile[]
  /** What else was looked at and has faults, such as the rules. */
  readonly others?: readonly ValidatedFile[]
}

interface Verified {
  readonly kind: 'verify'
  readonly pullRequest: { readonly number: number; readonly url: string }
  readonly check: PlanCheck
}

export type SummaryInput = Validated | Verified

/** GitHub shows at most 1 MiB; nobody reads that much. */
const MAX_PAGE = 200_000

/** The page of a job that looks at plans, or at a pull request. */
export function renderSummary(input: SummaryInput): string {
  return `${input.kind === 'validate' ? renderValidated(input) : renderVerified(input)}\n`
}

function renderVerified({ pullRequest, check }: Verified): string {
  const head = `## ${linkNumber(pullRequest.number, pullRequest.url)} against the plan: ${check.conclusion}`
  return joinParts([head, `**${clip(check.title, MAX_TITLE)}**`, check.summary, check.text])
}

function renderValidated({ files, others = [] }: Validated): string {
  const refused = files.filter(({ result }) => !result.ok).length
  const head =
    files.length === 0
      ? 'No plan was changed'
      : refused === 0
        ? `✅ ${countOf(files.length, 'plan')} can be uploaded`
        : `❌ ${refused} of ${countOf(files.length, 'plan')} cannot be uploaded`
  const all = [...files, ...others]
  const max = Math.max(2_000, Math.floor(MAX_PAGE / Math.max(1, all.length)))
  const parts = all.map((file) => renderFile(file, max))
  return joinParts([`## ${head}`, ...fitLines(parts, MAX_PAGE, (left) => `and ${left} more.`)])
}

function renderFile({ path, result }: ValidatedFile, max: number): string {
  const name = clipCode(path, MAX_PATH)
  if (!result.ok) return `### ❌ ${name}\n\n${renderFaults({ faults: result.faults }, max)}`
  const what = `**${clip(result.title, MAX_TITLE)}** · ${countOf(result.stories, 'story', 'stories')} · ${countOf(result.tasks, 'task')}`
  return joinParts([`### ✅ ${name}`, what, result.warnings.length === 0 ? '' : renderFaults({ faults: result.warnings }, max)])
}
