/** What to do about a failure, by its code; undefined where its own message has to do. */
const ADVICE: Readonly<Record<string, string>> = {
  OWNER_FORBIDDEN:
    'Three things can forbid it: single sign-on that the token is not authorised for, a policy of the organisation, or a scope or permission that the token lacks.',
  NAME_TAKEN: 'Somebody has made a repository of this name. Choose another name, and look at a new preview.',
  GITHUB_UNAUTHORIZED: 'GitHub does not accept the token. Renew it, then retry.',
  PUSH_WORKFLOWS_FORBIDDEN: 'The recipe writes workflows: the credential needs the scope `workflow` or the permission "Workflows: write".',
  PUSH_REJECTED: 'A rule of the repository or its owner refused the push. Its words stand in the log.',
  RUN_ABANDONED: 'The process that carried it out is gone. Retry, after what it left over is cleaned up.',
  REPOSITORY_CHANGED: 'Somebody else works in the repository. Look at it before anything else is done.',
}

export function findAdvice(code: string): string | undefined {
  return ADVICE[code]
}
