export type { Connection, ConnectionOptions } from './connection.ts'
export type { InstallationTokens, Permissions, TokenOutcome, TokenScope } from './installation-types.ts'
export type { GitHubPorts } from './ports.ts'
export type { Credential, GitHub, GitHubOptions, GitHubResponse, RateLimit, RequestOptions, Selected } from './types.ts'
