/** `read` or `write` for each permission by GitHub's name (`actions`, `contents`). */
export type Permissions = Readonly<Record<string, 'read' | 'write' | 'admin'>>

export interface TokenScope {
  /** Names without owner. Left out: every repository of the installation. */
  readonly repositories?: readonly string[]
  readonly permissions: Permissions
}

/** What asking for an installation token came to. Everything else that can go wrong is thrown. */
export type TokenOutcome =
  | { readonly kind: 'token'; readonly token: string; readonly expiresAt: number; readonly permissions: Permissions }
  /** The App is not installed at this owner, or there is no such owner. */
  | { readonly kind: 'not-installed' }
  | { readonly kind: 'suspended' }
  /** The owner has not granted the App these permissions: each as `name: level`. */
  | { readonly kind: 'permission-not-granted'; readonly missing: readonly string[] }
  /** At least one of the named repositories does not exist or is not part of the installation: GitHub refuses the whole token. */
  | { readonly kind: 'repository-not-installed' }

export interface InstallationTokens {
  /**
   * A token for one owner's installation, narrowed to this scope. Made once for each scope and kept until shortly before it
   * ends; the installation is looked up once for each owner. At most 2 round trips.
   *
   * @throws {UserError} `APP_KEY_INVALID` for a private key that is none, `APP_KEY_REFUSED` for one that is not this App's (GitHub's 401).
   * @throws {GitHubError} for what GitHub refuses otherwise.
   */
  tokenFor(owner: string, scope: TokenScope): Promise<TokenOutcome>
  /** Which of these permissions the owner has not granted the App, each as `name: level`. No request once a token was asked for. */
  findMissing(owner: string, permissions: Permissions): Promise<readonly string[]>
}
