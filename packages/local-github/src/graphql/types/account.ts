import type { FieldCall } from '../fields.ts'
import { fieldsOf, type Fields } from '../fields.ts'
import { nodeId } from '../../world/node-ids.ts'
import { accountPath, accountUrl } from '../urls.ts'

type AccountType = 'User' | 'Bot' | 'Organization'
type Call = Pick<FieldCall<AccountType>, 'value' | 'context'>

const kinds = { User: 'user', Bot: 'bot', Organization: 'organization' } as const

/** What people, bots and organisations have in common; an Actor is any of them. */
const shared = {
  id: ({ value }: Call) => nodeId(kinds[value.type], value.id),
  databaseId: ({ value }: Call) => value.id,
  login: ({ value }: Call) => value.login,
  createdAt: ({ value }: Call) => value.createdAt,
  updatedAt: ({ value }: Call) => value.updatedAt,
  url: ({ value, context }: Call) => accountUrl(context.world, value),
  resourcePath: ({ value }: Call) => accountPath(value),
} satisfies Fields<AccountType>

const named = {
  ...shared,
  name: ({ value }: Call) => value.name ?? null,
} satisfies Fields<AccountType>

export const userFields = fieldsOf('User', { ...named, email: ({ value }) => value.email ?? '' })
/** GraphQL leaves out the `[bot]` that REST and `viewer` put at the end. */
export const botFields = fieldsOf('Bot', { ...shared, login: ({ value }) => value.login.replace(/\[bot\]$/, '') })
export const organizationFields = fieldsOf('Organization', { ...named, email: ({ value }) => value.email ?? null })
