import { escapeMarkdown, inlineCode } from '@switchyard/core'
import { workflowFile } from '../names.ts'
import { renderAdvice } from './advice.ts'
import { isHidden, targetName } from './privacy.ts'
import type { Report, TargetResult } from './results.ts'
import { SIGNS } from './target-rows.ts'

/** What to do about each refusal. Skipped targets are as somebody meant them: they need nothing. */
export function renderRefusals({ results, place }: Report): string {
  const told = results.filter(({ outcome }) => outcome === 'denied' || outcome === 'failed')
  if (told.length === 0) return ''
  return ['### What to do', ...told.map((result) => renderRefusal(result, place))].join('\n\n')
}

function renderRefusal({ outcome, refusal, target }: TargetResult, place: Report['place']): string {
  const reason = inlineCode(refusal?.reason ?? outcome)
  const head = `${SIGNS[outcome]} **${escapeMarkdown(targetName(target, place))}** · ${reason}`
  if (isHidden(target, place)) return `${head}\n\nDetails are not shown here: this page is read by more people than the target.`
  return refusal ? `${head}\n\n${renderAdvice(refusal)}` : head
}

/** Which dispatches would not be recognised if they came back from another ledger. */
export function renderUnguarded({ results, place }: Report): string {
  const open = results.filter(({ outcome, guarded, target }) => outcome === 'dispatched' && !guarded && !isHidden(target, place))
  if (open.length === 0) return ''
  const names = open.map(({ target }) => `${inlineCode(workflowFile(target.workflow))} of ${escapeMarkdown(target.repository)}`).join(', ')
  return `**Loops not guarded** for ${names}: declare an input \`correlation-id\` there and put \`\${{ inputs.correlation-id }}\` into \`run-name\`.`
}

export function renderWarnings({ results, place }: Report): string {
  const lines = results.filter(({ target }) => !isHidden(target, place)).flatMap(({ warnings, target }) => warnings.map((warning) => `- ${escapeMarkdown(target.repository)}: ${escapeMarkdown(warning)}`))
  return lines.length === 0 ? '' : ['### Warnings', '', ...lines].join('\n')
}
