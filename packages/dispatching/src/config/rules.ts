import type { Fault } from '@switchyard/core'
import { canonicalJson } from '@switchyard/core'
import type { DispatchConfig, OutboundRule, OutboundTarget } from '../model.ts'
import { parseRepositoryName, parseWorkflowName, renderRepository } from '../names.ts'
import { findTemplateFaults } from './expressions.ts'
import { findPatternFault } from './glob.ts'
import { CORRELATION_INPUT, MAX_INPUTS_LENGTH } from './limits.ts'
import { findRefFault } from './ref-name.ts'
import { textsAt, valuesAt } from './texts-at.ts'
import type { Path, YamlDocument } from './yaml-document.ts'

/** Faults without severity and place: what each rule finds. */
interface Finding {
  readonly path: Path
  readonly code: string
  readonly message: string
  readonly hint: string
  /** Where inside the text at `path`, from 0. */
  readonly offset?: number
  readonly warning?: boolean
  readonly atKey?: boolean
}

type Rule = (value: unknown, owner: string) => readonly Finding[]

const RULES: readonly Rule[] = [checkRepositories, checkWorkflows, checkPatterns, checkRefs, checkInputNames, checkInputValues, checkInputSize, checkIds, checkTwins]

/** What a shape cannot say: names by GitHub's and git's rules, expressions, sizes, and what two places must agree on. */
export function checkRules(document: YamlDocument, owner: string): { readonly faults: readonly Fault[]; readonly warnings: readonly Fault[] } {
  const found = RULES.flatMap((rule) => rule(document.value, owner)).map((finding) => toFault(finding, document))
  return { faults: found.filter(({ severity }) => severity === 'error'), warnings: found.filter(({ severity }) => severity === 'warning') }
}

function toFault({ path, code, message, hint, offset, warning, atKey }: Finding, document: YamlDocument): Fault {
  const place = offset !== undefined ? document.placeInText(path, offset) : atKey ? document.keyPlaceOf(path) : document.placeOf(path)
  return { code, message, hint, place, severity: warning ? 'warning' : 'error' }
}

function checkRepositories(value: unknown, owner: string): readonly Finding[] {
  const outbound = textsAt(value, 'outbound.*.targets.*.repository').map((at) => ({ ...at, wild: false }))
  const inbound = textsAt(value, 'inbound.*.source.repository').map((at) => ({ ...at, wild: true }))
  return [...outbound, ...inbound].flatMap(({ path, text, wild }) => {
    const parts = parseRepositoryName(text, owner)
    const isName = /^[\w.-]{1,100}$/.test(parts.name) && !/^\.{1,2}$/.test(parts.name)
    const isOwner = /^[A-Za-z0-9][\w-]{0,99}$/.test(parts.owner)
    if (text.split('/').length <= 2 && isOwner && (isName || (wild && text.includes('/') && parts.name === '*'))) return []
    const message = `\`${text}\` is not a repository’s name.`
    if (text.includes('*')) {
      const hint = wild ? 'Write `owner/*` for every repository of an owner.' : 'Name each target: the source says exactly what it starts.'
      return [{ path, code: 'bad-repository', message, hint }]
    }
    return [{ path, code: 'bad-repository', message, hint: 'Write `owner/name`, or `name` for a repository of this owner.' }]
  })
}

function checkWorkflows(value: unknown): readonly Finding[] {
  const places = ['outbound.*.source.workflow', 'outbound.*.targets.*.workflow', 'inbound.*.source.workflow', 'inbound.*.targets.*.workflow']
  return places.flatMap((pattern) => textsAt(value, pattern)).flatMap(({ path, text }): readonly Finding[] => {
    if (text.includes('${{')) return [noExpression(path, 'A workflow')]
    const { file } = parseWorkflowName(text)
    if (file === undefined) {
      const message = `\`${text}\` is a display name: renaming the workflow silently unhooks this rule.`
      return [{ path, code: 'display-name', message, hint: 'Name its file instead, such as `ci.yml`.', warning: true }]
    }
    if (!file.includes('/') && !file.includes('\\')) return []
    const message = `\`${text}\` is not a file of \`.github/workflows\`.`
    return [{ path, code: 'bad-workflow', message, hint: 'Write the file’s name, such as `ci.yml`; workflows have no sub-folders.' }]
  })
}

function checkPatterns(value: unknown): readonly Finding[] {
  const lists = ['outbound.*.source.branches', 'inbound.*.source.branches', 'inbound.*.targets.*.refs']
  return lists.flatMap((pattern) => {
    const each = textsAt(value, `${pattern}.*`).flatMap(({ path, text }) => {
      const fault = findPatternFault(text)
      return fault === undefined ? [] : [{ path, code: 'bad-pattern', message: `\`${text}\` is not a pattern: ${fault}.`, hint: 'See GitHub’s filter pattern cheat sheet.' }]
    })
    const onlyNegative = valuesAt(value, pattern).filter(({ value: list }) => Array.isArray(list) && list.length > 0 && list.every((item) => String(item).startsWith('!')))
    const lists_ = onlyNegative.map(({ path }) => ({
      path,
      code: 'only-negative-patterns',
      message: 'A list of `!` patterns alone matches nothing.',
      hint: "Put `'**'` first, then what to leave out.",
    }))
    return [...each, ...lists_]
  })
}

function checkRefs(value: unknown): readonly Finding[] {
  return textsAt(value, 'outbound.*.targets.*.ref').flatMap(({ path, text }): readonly Finding[] => {
    if (text.includes('${{')) return [noExpression(path, 'A ref')]
    if (/^refs\//.test(text)) {
      return [{ path, code: 'bad-ref', message: `\`${text}\` must be a short name.`, hint: `Write \`${text.replace(/^refs\/(heads|tags)\//, '')}\`.` }]
    }
    const fault = findRefFault(text)
    return fault === undefined ? [] : [{ path, code: 'bad-ref', message: `\`${text}\` is not a branch or tag name: ${fault}.`, hint: 'See `git check-ref-format`.' }]
  })
}

function checkInputNames(value: unknown): readonly Finding[] {
  return valuesAt(value, 'outbound.*.targets.*.inputs.*').flatMap(({ path }): readonly Finding[] => {
    const name = String(path.at(-1))
    if (name.includes('${{')) return [{ ...noExpression(path, 'An input’s name'), atKey: true }]
    if (name.toLowerCase() !== CORRELATION_INPUT) return []
    const message = `\`${name}\` is filled in by Switchyard.`
    return [{ path, code: 'reserved-input', message, hint: 'Delete it here; the target’s workflow only declares it.', atKey: true }]
  })
}

function checkInputValues(value: unknown): readonly Finding[] {
  return textsAt(value, 'outbound.*.targets.*.inputs.*').flatMap(({ path, text }) =>
    findTemplateFaults(text).map((fault) => ({ ...fault, path, code: 'bad-expression' })),
  )
}

function checkInputSize(value: unknown): readonly Finding[] {
  return valuesAt(value, 'outbound.*.targets.*.inputs').flatMap(({ path, value: inputs }): readonly Finding[] => {
    const length = [...JSON.stringify(inputs ?? null)].length
    if (length <= MAX_INPUTS_LENGTH) return []
    const message = `These inputs are ${length} characters as JSON; GitHub takes ${MAX_INPUTS_LENGTH}.`
    return [{ path, code: 'inputs-too-large', message, hint: 'Pass a path or a commit instead of the text itself.', atKey: true }]
  })
}

function checkIds(value: unknown): readonly Finding[] {
  const seen = new Set<string>()
  return textsAt(value, 'outbound.*.id').flatMap(({ path, text }) => {
    const known = seen.has(text.toLowerCase())
    seen.add(text.toLowerCase())
    return known ? [{ path, code: 'duplicate-id', message: `The id \`${text}\` is used twice.`, hint: 'Give each rule its own id: a dispatch is remembered by it.' }] : []
  })
}

/** An id is all by which a dispatch is remembered: under one id each workflow can be a target once. */
function checkTwins(value: unknown, owner: string): readonly Finding[] {
  return textsAt(value, 'outbound.*.id').flatMap(({ path }) => {
    const index = String(path[1])
    const seen = new Set<string>()
    return textsAt(value, 'outbound.*.targets.*.workflow').flatMap(({ path: at, text }) => {
      if (String(at[1]) !== index) return []
      const repository = textsAt(value, `outbound.*.targets.*.repository`).find((other) => other.path[1] === at[1] && other.path[3] === at[3])
      if (!repository) return []
      const key = `${renderRepository(parseRepositoryName(repository.text, owner))} ${parseWorkflowName(text).file ?? text}`.toLowerCase()
      const known = seen.has(key)
      seen.add(key)
      const message = 'A rule with an id names the same workflow of the same repository twice.'
      return known ? [{ path: at, code: 'same-target-under-id', message, hint: 'Move this target to a rule with its own id.' }] : []
    })
  })
}

function noExpression(path: Path, what: string): Finding {
  return { path, code: 'expression-not-allowed', message: `${what} cannot be computed.`, hint: 'Expressions are allowed in the values of `inputs` only.' }
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
