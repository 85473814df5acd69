import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineCounter, isMap, isScalar, parseDocument, visit } from 'yaml'
import type { Document, Pair } from 'yaml'
import { root } from '../repository.ts'

/** Whether every workflow here and in the examples keeps the rules of safe workflows. A line a fault. */
export function checkWorkflows(): readonly string[] {
  const files = globSync(['.github/workflows/*.yml', 'examples/**/.github/workflows/*.yml'], { cwd: root }).sort()
  return files.flatMap((file) => findWorkflowFaults(file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')))
}

/**
 * Third-party actions pinned to a commit, permissions named, no expression inside a script, no token left in the checkout,
 * no job without a time limit, none of the triggers that mix strangers' code with secrets.
 */
export function findWorkflowFaults(file: string, text: string): readonly string[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const faults = document.errors.map((error) => ({ offset: error.pos[0], message: error.message }))
  const report = (offset: number | undefined, message: string): void => void faults.push({ offset: offset ?? 0, message })
  if (!document.hasIn(['permissions'])) report(0, 'name the `permissions:` of the workflow; `{}` if it needs none')
  visit(document, { Pair: (_, pair) => checkPair(pair, report) })
  checkJobs(document, report)
  return faults.toSorted((a, b) => a.offset - b.offset).map(({ offset, message }) => `${file}:${lines.linePos(offset).line}: ${message}`)
}

type Report = (offset: number | undefined, message: string) => void

function checkPair(pair: Pair, report: Report): void {
  const key = isScalar(pair.key) ? pair.key.value : undefined
  const offset = isScalar(pair.key) ? pair.key.range?.[0] : undefined
  const value = isScalar(pair.value) && typeof pair.value.value === 'string' ? pair.value.value : ''
  if (key === 'run' && value.includes('${{')) report(offset, 'pass values to a script through `env:`; an expression in it can be code')
  if (key === 'pull_request_target') report(offset, '`pull_request_target` runs with secrets on what strangers wrote')
  if (key === 'uses' && !isPinned(value)) report(offset, `pin ${value} to a full commit id, with its version in a comment`)
}

/** Own actions are named by their path or, in the examples, by the version a user would name. */
function isPinned(uses: string): boolean {
  return /^(\.\/|\$\/)/.test(uses) || /^[^@]+@[0-9a-f]{40}$/.test(uses) || /^switchyard\/switchyard\/actions\/[\w-]+@v\d/.test(uses)
}

function checkJobs(document: Document, report: Report): void {
  const jobs = document.get('jobs')
  if (!isMap(jobs)) return
  for (const pair of jobs.items) {
    const job = pair.value
    if (!isMap(job) || !isScalar(pair.key)) continue
    const offset = pair.key.range?.[0]
    if (!job.has('uses') && !job.has('timeout-minutes')) report(offset, 'give the job `timeout-minutes`; the default is six hours')
  }
  visit(document, {
    Map(_, step) {
      const uses = step.get('uses')
      if (typeof uses !== 'string' || !uses.startsWith('actions/checkout@')) return
      if (step.getIn(['with', 'persist-credentials']) !== false) {
        report(step.range?.[0], 'set `persist-credentials: false`, so that no later step finds the token on disk')
      }
    },
  })
}
