import type { Route } from '../server/route.ts'
import { repositoryRoutes } from './repositories.ts'

/** Every REST endpoint, in the order they are matched: a fixed part stands before a parameter in the same place. */
export const routes: readonly Route[] = [...repositoryRoutes]
