import { workflowFile } from '../names.ts'
import type { SourceRecord } from '../records/parts.ts'
import { targetName, workflowName } from './privacy.ts'
import type { Report, TargetResult } from './results.ts'

/** GitHub refuses to draw larger graphs, and nobody reads them. */
const MAX_EDGES = 60

/** The source and its targets as a Mermaid graph; what was refused is a dotted edge with its reason. */
export function renderGraph({ source, results, place, dryRun }: Report): string {
  if (results.length === 0) return ''
  const nodes = results.slice(0, MAX_EDGES).map((result, index) => {
    const workflow = workflowName(result.target, place)
    const label = quote(workflow === undefined ? targetName(result.target, place) : `${targetName(result.target, place)}\n${workflow}`)
    return `  source ${edgeOf(result, dryRun)} t${index}[${label}]`
  })
  const more = results.length > MAX_EDGES ? [`  source --- more[${quote(`and ${results.length - MAX_EDGES} more`)}]`] : []
  return ['```mermaid', 'graph LR', `  source[${sourceLabel(source)}]`, ...nodes, ...more, '```'].join('\n')
}

function sourceLabel(source: SourceRecord): string {
  return quote(`${source.repository}\n${workflowFile(source.workflow)}`)
}

function edgeOf({ outcome, refusal }: TargetResult, dryRun: boolean): string {
  if (outcome === 'dispatched') return dryRun ? '-->|would start|' : '-->|started|'
  return `-. ${refusal?.reason ?? outcome} .->`
}

/** A label in which nothing of others comes alive: every sign but letters, digits and a few is written as its number. */
function quote(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/[^\p{L}\p{N} ./_-]/gu, (sign) => `#${sign.codePointAt(0)};`))
  return `"${lines.join('<br>')}"`
}
