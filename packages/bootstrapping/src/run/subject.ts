/** The subject of a repository's runs. GitHub's names know no case. */
export function repositorySubject(owner: string, slug: string): string {
  return `${owner}/${slug}`.toLowerCase()
}

/** The subject that keeps how far an issue's comments are handled. Numbers last; names do not. */
export function issueSubject(repositoryId: number, issue: number): string {
  return `issue-${repositoryId}-${issue}`
}
