/** The subject of an idea: an issue of the repository with this id. Names change; numbers do not. */
export function ideaSubject(repositoryId: number, issue: number): string {
  return `repo-${repositoryId}~issue-${issue}`
}

/** What a subject's name says; undefined for a name that is no idea's. */
export function parseIdeaSubject(subject: string): { readonly repositoryId: number; readonly issue: number } | undefined {
  const [, repository, issue] = /^repo-(\d+)~issue-(\d+)$/.exec(subject) ?? []
  return repository === undefined || issue === undefined ? undefined : { repositoryId: Number(repository), issue: Number(issue) }
}
