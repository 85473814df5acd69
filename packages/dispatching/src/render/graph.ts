import { mermaidLabel, renderMermaid } from '@switchyard/core'
import { workflowFile } from '../names.ts'
import { targetName, workflowName } from './privacy.ts'
import type { Report, TargetResult } from './results.ts'

/** GitHub refuses to draw larger graphs, and nobody reads them. */
const MAX_EDGES = 60
/** Units of a line: the longest name of a repository with its owner. */
const MAX_LABEL = 140

/** The source and its targets as a Mermaid graph; what was refused is a dotted edge with its reason. */
export function renderGraph({ source, results, place, dryRun }: Report): string {
  if (results.length === 0) return ''
  const nodes = results.slice(0, MAX_EDGES).map((result, index) => {
    const workflow = workflowName(result.target, place)
    const label = mermaidLabel([targetName(result.target, place), workflow ?? ''], MAX_LABEL)
    return `  source ${edgeOf(result, dryRun)} t${index}[${label}]`
  })
  const more = results.length > MAX_EDGES ? [`  source --- more[${mermaidLabel([`and ${results.length - MAX_EDGES} more`])}]`] : []
  return renderMermaid([
    'graph LR',
    `  source[${mermaidLabel([source.repository, workflowFile(source.workflow)], MAX_LABEL)}]`,
    ...nodes,
    ...more,
  ])
}

function edgeOf({ outcome, refusal }: TargetResult, dryRun: boolean): string {
  if (outcome === 'dispatched') return dryRun ? '-->|would start|' : '-->|started|'
  return `-. ${refusal?.reason ?? outcome} .->`
}
