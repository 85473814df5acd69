import { type Finding, findPair, readJobs, type Rule } from '../yaml-file.ts'

/** Without `permissions` a job's token has whatever the repository's settings give, often more than it needs. */
export const namedPermissions: Rule = (file) => {
  if (file.kind !== 'workflow' || file.document.has('permissions')) return []
  const unnamed = readJobs(file).filter(({ map }) => findPair(map, 'permissions') === undefined)
  return unnamed.map(({ offset }): Finding => ({
    code: 'missing-permissions',
    message: 'The permissions of this job are named nowhere',
    hint: 'Write `permissions:` for the workflow (`{}` if it needs none), and at each job what that job needs.',
    severity: 'error',
    offset,
  }))
}
