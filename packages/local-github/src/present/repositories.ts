import { getAccount } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import { nodeId } from '../world/node-ids.ts'
import { fullName, isAtLeast, roleOf } from '../world/repositories.ts'
import type { Repository, Role } from '../world/types.ts'
import type { Viewer } from '../auth/viewer.ts'
import { isLevel } from '../auth/access.ts'
import { presentAccount } from './accounts.ts'

/** Link templates below a repository's own address, in GitHub's order. */
const links: Readonly<Record<string, string>> = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
}

export function repositoryUrl(context: WorldContext, repository: Repository): string {
  return `${context.urls.api}/repos/${fullName(context, repository)}`
}

export function repositoryPage(context: WorldContext, repository: Repository): string {
  return `${context.urls.server}/${fullName(context, repository)}`
}

/** OpenAPI `minimal-repository`: the part that workflow runs and other answers carry inside. */
export function presentMinimalRepository(context: WorldContext, repository: Repository) {
  const url = repositoryUrl(context, repository)
  return {
    id: repository.id,
    node_id: nodeId('repository', repository.id),
    name: repository.name,
    full_name: fullName(context, repository),
    private: repository.visibility !== 'public',
    owner: presentAccount(context, getAccount(context, repository.ownerId)),
    html_url: repositoryPage(context, repository),
    description: repository.description ?? null,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(links).map(([name, path]) => [name, `${url}${path}`])),
  }
}

/** OpenAPI `full-repository`; `permissions` are the viewer's. */
export function presentRepository(context: WorldContext, repository: Repository, viewer?: Viewer) {
  const owner = getAccount(context, repository.ownerId)
  const page = repositoryPage(context, repository)
  const { merging } = repository
  const issues = [...context.state.issues.values()].filter((issue) => issue.repositoryId === repository.id && issue.state === 'open')
  return {
    ...presentMinimalRepository(context, repository),
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    git_url: page.replace(/^https?:/, 'git:').concat('.git'),
    ssh_url: `git@${new URL(page).host}:${fullName(context, repository)}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: repository.homepage ?? null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: repository.features.issues,
    has_projects: repository.features.projects,
    has_downloads: true,
    has_wiki: repository.features.wiki,
    has_pages: false,
    has_discussions: repository.features.discussions,
    forks_count: 0,
    archived: repository.archived,
    disabled: false,
    open_issues_count: issues.length,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [...repository.topics],
    visibility: repository.visibility,
    forks: 0,
    open_issues: issues.length,
    watchers: 0,
    default_branch: repository.defaultBranch,
    temp_clone_token: null,
    allow_squash_merge: merging.squash,
    allow_merge_commit: merging.mergeCommit,
    allow_rebase_merge: merging.rebase,
    allow_auto_merge: merging.auto,
    delete_branch_on_merge: merging.deleteBranch,
    allow_update_branch: merging.updateBranch,
    use_squash_pr_title_as_default: false,
    squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
    squash_merge_commit_message: 'COMMIT_MESSAGES',
    merge_commit_title: 'MERGE_MESSAGE',
    merge_commit_message: 'PR_TITLE',
    network_count: 0,
    subscribers_count: 0,
    ...(owner.type === 'Organization' ? { organization: presentAccount(context, owner) } : {}),
    ...(viewer === undefined ? {} : { permissions: presentPermissions(context, repository, viewer) }),
  }
}

function presentPermissions(context: WorldContext, repository: Repository, viewer: Viewer) {
  const role = viewerRole(context, repository, viewer)
  return {
    admin: isAtLeast(role, 'admin'),
    maintain: isAtLeast(role, 'maintain'),
    push: isAtLeast(role, 'write'),
    triage: isAtLeast(role, 'triage'),
    pull: isAtLeast(role, 'read'),
  }
}

/** A person's role; for an App what its contents permission amounts to. */
export function viewerRole(context: WorldContext, repository: Repository, viewer: Viewer): Role {
  if (viewer.kind !== 'token') return repository.visibility === 'public' ? 'read' : 'none'
  if (viewer.app === undefined) return roleOf(context, repository, viewer.account)
  return isLevel(viewer.token.permissions.contents, 'write') ? 'write' : 'read'
}

/** OpenAPI `repository`: as lists of an installation's repositories show it, without what only the full form has. */
export function presentListedRepository(context: WorldContext, repository: Repository, viewer?: Viewer) {
  const {
    temp_clone_token: _token,
    network_count: _network,
    subscribers_count: _subscribers,
    organization: _organization,
    ...listed
  } = presentRepository(context, repository, viewer)
  return listed
}

/** OpenAPI `minimal-repository` with all that it may carry: as lists of an owner's repositories show it, without merge settings. */
export function presentOwnedRepository(context: WorldContext, repository: Repository, viewer?: Viewer) {
  const listed = Object.entries(presentListedRepository(context, repository, viewer))
  return Object.fromEntries(listed.filter(([key]) => !/^(allow_(?!forking)|squash_|merge_commit_|use_squash)/.test(key)))
}
