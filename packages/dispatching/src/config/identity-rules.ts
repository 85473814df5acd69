import { type Finding, textsAt } from '@switchyard/core/config'
import { canonicalJson, type Fault } from '@switchyard/core'
import type { DispatchConfig, OutboundRule, OutboundTarget } from '../model.ts'
import { parseRepositoryName, parseWorkflowName, renderRepository } from '../names.ts'

export function checkIds(value: unknown): readonly Finding[] {
  const seen = new Set<string>()
  return textsAt(value, 'outbound.*.id').flatMap(({ path, text }) => {
    const known = seen.has(text.toLowerCase())
    seen.add(text.toLowerCase())
    return known
      ? [
          {
            path,
            code: 'duplicate-id',
            message: `The id \`${text}\` is used twice.`,
            hint: 'Give each rule its own id: a dispatch is remembered by it.',
          },
        ]
      : []
  })
}

/** An id is all by which a dispatch is remembered: under one id each workflow can be a target once. */
export function checkTwins(value: unknown, owner: string): readonly Finding[] {
  return textsAt(value, 'outbound.*.id').flatMap(({ path }) => {
    const index = String(path[1])
    const seen = new Set<string>()
    return textsAt(value, 'outbound.*.targets.*.workflow').flatMap(({ path: at, text }) => {
      if (String(at[1]) !== index) return []
      const repository = textsAt(value, `outbound.*.targets.*.repository`).find(
        (other) => other.path[1] === at[1] && other.path[3] === at[3],
      )
      if (!repository) return []
      const key = `${renderRepository(parseRepositoryName(repository.text, owner))} ${parseWorkflowName(text).file ?? text}`.toLowerCase()
      const known = seen.has(key)
      seen.add(key)
      const message = 'A rule with an id names the same workflow of the same repository twice.'
      return known ? [{ path: at, code: 'same-target-under-id', message, hint: 'Move this target to a rule with its own id.' }] : []
    })
  })
}

/** A rule that says what an earlier one says is dropped: it would dispatch twice. */
export function dropDuplicates(config: DispatchConfig): { readonly config: DispatchConfig; readonly warnings: readonly Fault[] } {
  const seen = new Map<string, OutboundTarget>()
  const warnings: Fault[] = []
  const outbound = config.outbound.map((rule) => ({
    ...rule,
    targets: rule.targets.filter((target) => {
      const key = canonicalJson(whatItSays(rule, target))
      const first = seen.get(key)
      if (!first) {
        seen.set(key, target)
        return true
      }
      const message = `This target is the same as the one on line ${first.place.line}; it is dispatched once.`
      warnings.push({ code: 'duplicate-rule', message, place: target.place, hint: 'Delete one of the two.', severity: 'warning' })
      return false
    }),
  }))
  return { config: { ...config, outbound }, warnings }
}

function whatItSays(rule: OutboundRule, { repository, workflow, ref, inputs }: OutboundTarget): unknown {
  return {
    id: rule.id?.toLowerCase(),
    from: (rule.workflow.file ?? rule.workflow.text).toLowerCase(),
    conclusions: [...rule.conclusions].sort(),
    branches: rule.branches,
    events: [...rule.events].sort(),
    to: [renderRepository(repository).toLowerCase(), (workflow.file ?? workflow.text).toLowerCase(), ref ?? null, inputs],
  }
}
