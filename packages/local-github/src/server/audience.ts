import { refusalOf } from '../auth/access.ts'
import type { Viewer } from '../auth/viewer.ts'
import { Problem, requiresAuthentication } from './problem.ts'

/** Who may ask, for routes that do not stand under a repository. */
export type Audience = 'anyone' | 'signed-in' | 'user' | 'app' | 'installation'

export function requireAudience(viewer: Viewer, audience: Audience): void {
  switch (audience) {
    case 'anyone':
      return
    case 'app':
      if (viewer.kind !== 'app') throw new Problem(401, 'A JSON web token could not be decoded')
      return
    case 'signed-in':
      if (viewer.kind !== 'token') throw requiresAuthentication()
      return
    case 'user':
      if (viewer.kind !== 'token') throw requiresAuthentication()
      if (viewer.app !== undefined) throw new Problem(403, refusalOf(viewer))
      return
    case 'installation':
      if (viewer.kind !== 'token') throw requiresAuthentication()
      if (viewer.app === undefined) {
        throw new Problem(403, 'You must authenticate with an installation access token in order to list repositories for an installation.')
      }
      return
  }
}
