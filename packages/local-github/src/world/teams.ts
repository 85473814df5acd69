import { findOrganization, getAccount } from './accounts.ts'
import { takeId, type WorldContext } from './context.ts'
import type { Team } from './types.ts'

export interface NewTeam {
  readonly organization: string
  readonly name: string
  /** Logins. */
  readonly members?: readonly string[]
}

/** GitHub makes the slug of the name: lower case, with a hyphen for what is neither letter nor digit. Source: OpenAPI `team-full`. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
}

export function addTeam(context: WorldContext, { organization: login, name, members = [] }: NewTeam): Team {
  const organization = findOrganization(context, getAccount(context, login))
  if (organization === undefined) throw new Error(`${login} is no organisation`)
  const slug = slugOf(name)
  if (organization.teams.some((team) => team.slug === slug)) throw new Error(`${login} has a team ${slug}`)
  const at = context.clock.moment()
  const people = members.map((member) => getAccount(context, member).id)
  const team: Team = {
    id: takeId(context),
    organizationId: organization.accountId,
    name,
    slug,
    members: people,
    createdAt: at,
    updatedAt: at,
  }
  organization.teams.push(team)
  return team
}

export function findTeam(
  context: WorldContext,
  organizationId: number,
  wanted: { readonly slug: string } | { readonly id: number },
): Team | undefined {
  const teams = context.state.organizations.get(organizationId)?.teams ?? []
  return teams.find((team) => ('id' in wanted ? team.id === wanted.id : team.slug === wanted.slug.toLowerCase()))
}
