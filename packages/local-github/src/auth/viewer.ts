import { createPublicKey, verify } from 'node:crypto'
import type { WorldContext } from '../world/context.ts'
import { findToken } from '../world/tokens.ts'
import type { Account, App, Token } from '../world/types.ts'
import { badCredentials, Problem } from '../server/problem.ts'

/** Who asks. `account` is whose doing it is: a user, or an App's bot. */
export type Viewer =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'app'; readonly app: App }
  | { readonly kind: 'token'; readonly token: Token; readonly account: Account; readonly app: App | undefined }

export type TokenViewer = Extract<Viewer, { kind: 'token' }>

/** Source: docs.github.com, "Generating a JSON Web Token (JWT) for a GitHub App": at most ten minutes ahead. */
const JWT_LONGEST_SECONDS = 600
const JWT_DRIFT_SECONDS = 60

export function readViewer(context: WorldContext, authorization: string | null): Viewer {
  if (authorization === null || authorization === '') return { kind: 'anonymous' }
  const text = credentialOf(authorization)
  if (text.split('.').length === 3) return { kind: 'app', app: verifyJwt(context, text) }
  const token = findToken(context, text)
  const account = token === undefined ? undefined : context.state.accounts.get(token.accountId)
  if (token === undefined || account === undefined) throw badCredentials()
  return { kind: 'token', token, account, app: token.appId === undefined ? undefined : context.state.apps.get(token.appId) }
}

/** `Bearer x`, `token x`, or Basic with the token as the password. */
function credentialOf(authorization: string): string {
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/, 2)
  if (scheme.toLowerCase() !== 'basic') return value
  const [user = '', ...password] = Buffer.from(value, 'base64').toString('utf8').split(':')
  return password.join(':') === '' || password.join(':') === 'x-oauth-basic' ? user : password.join(':')
}

function verifyJwt(context: WorldContext, jwt: string): App {
  const [header = '', payload = '', signature = ''] = jwt.split('.')
  const claims = parsePart(payload)
  const app = [...context.state.apps.values()].find((each) => String(each.id) === String(claims.iss) || each.clientId === claims.iss)
  if (parsePart(header).alg !== 'RS256' || app === undefined || app.publicKeyPem === '') throw undecodable()
  const signed = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    createPublicKey(app.publicKeyPem),
    Buffer.from(signature, 'base64url'),
  )
  if (!signed) throw undecodable()
  checkTimes(claims, context.clock.now() / 1000)
  return app
}

function checkTimes(claims: Readonly<Record<string, unknown>>, now: number): void {
  const { iat, exp } = claims
  if (typeof exp !== 'number') throw jwtProblem("Missing 'expiration' claim ('exp') in assertion")
  if (exp <= now) {
    throw jwtProblem("'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires")
  }
  if (exp > now + JWT_LONGEST_SECONDS + JWT_DRIFT_SECONDS) throw jwtProblem("'Expiration time' claim ('exp') is too far in the future")
  if (typeof iat !== 'number') throw jwtProblem("Missing 'issued at' claim ('iat') in assertion")
  if (iat > now + JWT_DRIFT_SECONDS) {
    throw jwtProblem("'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued")
  }
}

function parsePart(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    throw undecodable()
  }
}

const jwtProblem = (message: string): Problem => new Problem(401, message, { documentation: 'https://docs.github.com/rest' })
const undecodable = (): Problem => jwtProblem('A JSON web token could not be decoded')
