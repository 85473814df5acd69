import { Problem } from './problem.ts'

export const apiVersions = ['2022-11-28', '2026-03-10'] as const
export type ApiVersion = (typeof apiVersions)[number]

/** The version a request asks for; the oldest when it does not say. Source: docs.github.com, "API Versions". */
export function readApiVersion(headers: Headers): ApiVersion {
  const asked = headers.get('x-github-api-version')
  if (asked === null || asked === '') return apiVersions[0]
  const known = apiVersions.find((version) => version === asked)
  if (known !== undefined) return known
  throw new Problem(400, `${asked} is not a valid API version. Supported versions are: ${apiVersions.join(', ')}.`)
}
