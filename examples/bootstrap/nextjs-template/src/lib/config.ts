const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Config {
  readonly siteUrl: URL
  readonly sessionSecret: string
  /** Days until a borrowed item is due. */
  readonly loanDays: number
  readonly logLevel: LogLevel
}

type Environment = Readonly<Record<string, string | undefined>>

/** Settings from the environment. Throws a sentence that names the first wrong one. */
export function parseConfig(environment: Environment): Config {
  return {
    siteUrl: parseUrl(environment.SITE_URL ?? 'http://localhost:3000'),
    sessionSecret: parseSecret(environment),
    loanDays: parseDays(environment.LOAN_DAYS ?? '14'),
    logLevel: parseLevel(environment.LOG_LEVEL ?? 'info'),
  }
}

let current: Config | undefined

/** The settings of this process, read once. */
export function getConfig(): Config {
  current ??= parseConfig(process.env)
  return current
}

function parseUrl(text: string): URL {
  if (!URL.canParse(text)) throw new Error(`SITE_URL is not an address: ${text}`)
  return new URL(text)
}

function parseSecret(environment: Environment): string {
  const secret = environment.SESSION_SECRET ?? ''
  if (secret.length >= 32) return secret
  if (environment.NODE_ENV === 'production') throw new Error('SESSION_SECRET needs at least 32 characters')
  return 'development-only-secret-of-no-worth'
}

function parseDays(text: string): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 90) throw new Error(`LOAN_DAYS is not a whole number from 1 to 90: ${text}`)
  return days
}

function parseLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text)
  if (level === undefined) throw new Error(`LOG_LEVEL is none of ${LOG_LEVELS.join(', ')}: ${text}`)
  return level
}
