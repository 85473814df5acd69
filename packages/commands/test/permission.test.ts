import { expect, it } from 'vitest'
import {
  type CommandDefinition,
  decidePermission,
  effectiveRole,
  hasRole,
  type Member,
  neededRole,
  parseSelector,
  type PermissionRule,
  type Role,
  ROLES,
} from '../src/index.ts'

const rule = (command: string, role: Role, ...selectors: string[]): PermissionRule => ({
  command,
  role,
  place: { file: 'f.yml', line: 1, column: 1 },
  selectors:
    selectors.length === 0
      ? undefined
      : selectors.map((text) => {
          const parsed = parseSelector(text)
          if (!parsed.ok) throw new Error(parsed.message)
          return parsed.selector
        }),
})
const done: CommandDefinition = { family: 'step', name: 'done', summary: '' }
const list: CommandDefinition = { family: 'release', name: 'list', summary: '', role: 'read' }
const cleanup: CommandDefinition = { family: 'bootstrap', name: 'cleanup', summary: '', role: 'admin', atLeast: 'maintain' }
const prod: Member = { cluster: 'prod-1', namespace: 'acme', name: 'Acme', tags: [] }
const dev: Member = { cluster: 'dev-1', namespace: 'acme', name: 'Acme', tags: ['canary'] }

it.each<[string, PermissionRule[], CommandDefinition, Member[], Role]>([
  ['write where nothing is said', [], done, [], 'write'],
  ['the command’s own role', [], list, [], 'read'],
  ['a rule for it', [rule('step done', 'admin')], done, [], 'admin'],
  ['a rule for its family', [rule('step *', 'triage')], done, [], 'triage'],
  ['a rule for all', [rule('*', 'maintain')], list, [], 'maintain'],
  ['no rule of another command', [rule('step skip', 'admin'), rule('steps *', 'admin')], done, [], 'write'],
  ['the last rule that fits', [rule('step done', 'admin'), rule('*', 'triage')], done, [], 'triage'],
  ['never less than the command allows', [rule('*', 'read')], cleanup, [], 'maintain'],
  ['a rule for a member', [rule('step done', 'admin', 'cluster:prod-*')], done, [prod], 'admin'],
  ['no rule for other members', [rule('step done', 'admin', 'cluster:prod-*')], done, [dev], 'write'],
  [
    'the strictest of all members',
    [rule('step done', 'admin', 'cluster:prod-*'), rule('*', 'triage', 'tag:canary')],
    done,
    [dev, prod],
    'admin',
  ],
  ['an exclusion', [rule('step done', 'admin', 'cluster:prod-*', '!prod-1/acme')], done, [prod], 'write'],
  ['without members, rules for all alone', [rule('step done', 'admin', 'cluster:prod-*')], done, [], 'write'],
])('needs %s', (_, rules, definition, members, expected) => {
  expect(neededRole({ rules, definition, members })).toBe(expected)
})

it.each<[string, string, Role]>([
  ['admin', 'admin', 'admin'],
  ['maintain', 'write', 'maintain'],
  ['triage', 'read', 'triage'],
  ['none', 'none', 'none'],
  ['release-leads', 'write', 'write'],
  ['Auditors', 'read', 'read'],
  ['Odd', 'something new', 'none'],
])('takes the role %s with permission %s for %s', (roleName, permission, expected) => {
  expect(effectiveRole({ roleName, permission })).toBe(expected)
})

it('orders roles from none to admin', () => {
  for (const [index, role] of ROLES.entries()) {
    expect(ROLES.filter((needed) => hasRole(role, needed))).toEqual(ROLES.slice(0, index + 1))
  }
})

it('says what is needed, and what there is', () => {
  const decide = (roleName: string, permission: string) =>
    decidePermission({ rules: [], definition: done, actor: { roleName, permission } })
  expect(decide('write', 'write')).toEqual({ allowed: true, needed: 'write', has: 'write' })
  expect(decide('release-leads', 'write')).toMatchObject({ allowed: true })
  expect(decide('triage', 'read')).toMatchObject({
    allowed: false,
    needed: 'write',
    has: 'triage',
    message: '“/step done” needs the role write in this repository; your role is triage.',
  })
  expect(decide('Auditors', 'read')).toMatchObject({ message: expect.stringContaining('your role “Auditors” counts as read') })
})
