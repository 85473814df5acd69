import { routes } from './rest/routes.ts'
import type { Route } from './server/route.ts'

export { mutationNames } from './graphql/mutations/index.ts'

export type Endpoint = Pick<Route, 'method' | 'path' | 'operation' | 'differs'>

/** Every REST endpoint that is served, by path. */
export function describeEndpoints(): readonly Endpoint[] {
  const key = ({ path, method }: Endpoint): string => `${path} ${method}`
  return routes.toSorted((left, right) => (key(left) < key(right) ? -1 : 1))
}
