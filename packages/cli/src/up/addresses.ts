import type { Terminal } from '../terminal/terminal.ts'
import type { Seeded } from './start-seeded.ts'

/** Where the embedded GitHub is reached, as `--json` prints it. */
export interface Addresses {
  readonly schema_version: 1
  /** Variables for whoever is to talk to it: programs, actions and git. */
  readonly env: Readonly<Record<string, string>>
  readonly repositories: readonly { readonly name: string; readonly git_url: string }[]
}

/** The token is one that this GitHub alone knows, and dies with it. Git gets it by a header for this server only, so it stands in no URL. */
export function describeAddresses({
  github,
  repositories,
  owner,
  token,
}: Pick<Seeded, 'github' | 'repositories' | 'owner' | 'token'>): Addresses {
  const { apiUrl, graphqlUrl, serverUrl } = github
  return {
    schema_version: 1,
    env: {
      GITHUB_API_URL: apiUrl,
      GITHUB_GRAPHQL_URL: graphqlUrl,
      GITHUB_SERVER_URL: serverUrl,
      GITHUB_TOKEN: token,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${serverUrl}/.extraHeader`,
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
    },
    repositories: repositories.map(({ name }) => ({ name: `${owner}/${name}`, git_url: `${serverUrl}/${owner}/${name}.git` })),
  }
}

/** Lines to paste into a shell, and what is there. */
export function renderAddresses(terminal: Pick<Terminal, 'style'>, { env, repositories }: Addresses): string {
  const count = repositories.length === 1 ? 'one repository' : `${repositories.length} repositories`
  return [
    `An embedded GitHub with ${count}. For a shell that is to talk to it:`,
    '',
    ...Object.entries(env).map(([name, value]) => `export ${name}='${value}'`),
    '',
    ...repositories.map(({ name, git_url: url }) => `${terminal.style('bold', name)}  ${url}`),
    '',
    terminal.style('dim', 'Ctrl-C ends it; nothing is kept.'),
  ].join('\n')
}
