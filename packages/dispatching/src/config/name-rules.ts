import { findPatternFault, findRefFault } from '@switchyard/core'
import { type Finding, textsAt, valuesAt } from '@switchyard/core/config'
import { parseRepositoryName, parseWorkflowName } from '../names.ts'
import { noExpression } from './no-expression.ts'

export function checkRepositories(value: unknown, owner: string): readonly Finding[] {
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

export function checkWorkflows(value: unknown): readonly Finding[] {
  const places = [
    'outbound.*.source.workflow',
    'outbound.*.targets.*.workflow',
    'inbound.*.source.workflow',
    'inbound.*.targets.*.workflow',
  ]
  return places
    .flatMap((pattern) => textsAt(value, pattern))
    .flatMap(({ path, text }): readonly Finding[] => {
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

export function checkPatterns(value: unknown): readonly Finding[] {
  const lists = ['outbound.*.source.branches', 'inbound.*.source.branches', 'inbound.*.targets.*.refs']
  return lists.flatMap((pattern) => {
    const each = textsAt(value, `${pattern}.*`).flatMap(({ path, text }) => {
      const fault = findPatternFault(text)
      return fault === undefined
        ? []
        : [
            {
              path,
              code: 'bad-pattern',
              message: `\`${text}\` is not a pattern: ${fault}.`,
              hint: 'See GitHub’s filter pattern cheat sheet.',
            },
          ]
    })
    const onlyNegative = valuesAt(value, pattern).filter(
      ({ value: list }) => Array.isArray(list) && list.length > 0 && list.every((item) => String(item).startsWith('!')),
    )
    const lists_ = onlyNegative.map(({ path }) => ({
      path,
      code: 'only-negative-patterns',
      message: 'A list of `!` patterns alone matches nothing.',
      hint: "Put `'**'` first, then what to leave out.",
    }))
    return [...each, ...lists_]
  })
}

export function checkRefs(value: unknown): readonly Finding[] {
  return textsAt(value, 'outbound.*.targets.*.ref').flatMap(({ path, text }): readonly Finding[] => {
    if (text.includes('${{')) return [noExpression(path, 'A ref')]
    if (text.startsWith('refs/')) {
      return [
        {
          path,
          code: 'bad-ref',
          message: `\`${text}\` must be a short name.`,
          hint: `Write \`${text.replace(/^refs\/(heads|tags)\//, '')}\`.`,
        },
      ]
    }
    const fault = findRefFault(text)
    return fault === undefined
      ? []
      : [{ path, code: 'bad-ref', message: `\`${text}\` is not a branch or tag name: ${fault}.`, hint: 'See `git check-ref-format`.' }]
  })
}
