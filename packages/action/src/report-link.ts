import type { Environment } from './context.ts'

/**
 * A link to a new issue in the action's own repository, filled in with what helps and nothing of the user's: no input, no
 * message, no name. Undefined when the action was not used from a repository (a local `./path`).
 */
export function renderReportLink(actionName: string, env: Environment): string | undefined {
  const repository = env['GITHUB_ACTION_REPOSITORY']
  if (!repository) return undefined
  const url = new URL(`${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}/issues/new`)
  url.searchParams.set('title', `${actionName}: internal error`)
  url.searchParams.set(
    'body',
    [
      `Action: ${actionName}@${env['GITHUB_ACTION_REF'] ?? ''}`,
      `Node: ${process.version} on ${process.platform}`,
      '',
      'What I expected:',
      '',
      'What the step said (run it again with debug logging for the details; take out what is private):',
    ].join('\n'),
  )
  return url.href
}
