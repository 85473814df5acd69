import { findNearest, isJsonObject } from '@switchyard/core'
import { type Finding, textsAt, valuesAt } from '@switchyard/core/config'
import { isSlip } from '../parse/slip.ts'
import { parseSelector } from '../select/selector.ts'
import { COMMAND_NAME } from './shape.ts'

/** Well-formed names that no command has. A family that is not known is another capability's, but for one letter's slip. */
export function checkCommands(value: unknown, known: readonly string[]): readonly Finding[] {
  const families = [...new Set(known.map((name) => name.split(' ')[0] ?? ''))]
  return textsAt(value, 'commands.*.command').flatMap(({ path, text }): readonly Finding[] => {
    const [family = '', name] = text.split(' ')
    if (!COMMAND_NAME.test(text) || text === '*' || (name === '*' && families.includes(family)) || known.includes(text)) return []
    const near = families.includes(family) ? findNearest(text, known) : families.find((one) => isSlip(family, one))
    if (!families.includes(family) && near === undefined) return []
    const siblings = known.filter((one) => one.startsWith(`${family} `))
    const list = siblings.length === 0 ? 'Write the family alone.' : `It has ${siblings.map((one) => `\`${one}\``).join(', ')}.`
    const hint = near ? `Did you mean \`${near}\`?` : list
    return [{ path, code: 'unknown-command', message: `There is no command \`${text}\`.`, hint }]
  })
}

export function checkSelectors(value: unknown): readonly Finding[] {
  const broken = textsAt(value, 'commands.*.selectors.*').flatMap(({ path, text }): readonly Finding[] => {
    const parsed = parseSelector(text)
    return parsed.ok ? [] : [{ path, code: 'bad-selector', message: parsed.message, hint: parsed.hint }]
  })
  const lone = valuesAt(value, 'commands.*').flatMap(({ path, value: rule }): readonly Finding[] => {
    const selectors = isJsonObject(rule) ? rule['selectors'] : undefined
    if (!Array.isArray(selectors) || selectors.length === 0) return []
    if (!selectors.every((text: unknown) => typeof text === 'string' && text.startsWith('!'))) return []
    const hint = 'Add whom it is for, such as `*/*`.'
    return [{ path: [...path, 'selectors'], code: 'only-exclusions', message: 'These selectors only say who is left out.', hint }]
  })
  return [...broken, ...lone]
}

/** GitHub: owners are letters, digits and single dashes; names letters, digits, dots, dashes and underscores, 100 at most. */
export function checkAccepts(value: unknown): readonly Finding[] {
  return textsAt(value, 'accepts.*').flatMap(({ path, text }): readonly Finding[] => {
    const parts = text.split('/')
    const name = parts.at(-1) ?? ''
    const isOwner = parts.length === 1 || (parts.length === 2 && /^[A-Za-z0-9][\w-]{0,99}$/.test(parts[0] ?? ''))
    const isName = (/^[\w.-]{1,100}$/.test(name) && !/^\.{1,2}$/.test(name)) || (parts.length === 2 && name === '*')
    if (isOwner && isName) return []
    const hint = 'Write `owner/name`, `name` for a repository of this owner, or `owner/*` for every repository of an owner.'
    return [{ path, code: 'bad-repository', message: `\`${text}\` is not a repository’s name.`, hint }]
  })
}
