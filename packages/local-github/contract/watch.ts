import type { LocalGitHub } from '../src/index.ts'
import type { Exchange as ServedExchange } from '../src/server/exchange.ts'
import { REST_ROOT } from '../src/server/app.ts'
import type { WorldEvent } from '../src/world/events.ts'
import { undeclaredKeys, unpublishedEvents } from './exceptions.ts'
import { type Fault, findContractFaults, findPayloadFaults } from './validate.ts'

export interface ContractWatch {
  /** One block of text for each exchange or event at fault. */
  readonly reports: readonly string[]
  /** Throws with all reports, if there are any, and forgets them: for `afterEach`. */
  check(): void
}

const renderFaults = (subject: string, faults: readonly Fault[]): string =>
  `${subject}\n${faults.map(({ part, at, message }) => `  ${part}${at === '' ? '' : ` ${at}`}: ${message}`).join('\n')}`

/** Other media types (raw files) have no schema. */
const isJson = ({ responseHeaders }: ServedExchange): boolean =>
  (responseHeaders['content-type'] ?? 'application/json').startsWith('application/json')

/** Undefined for what is not REST: graphql-js validates GraphQL by GitHub's schema, and git speaks its own protocol. */
function judgeExchange(served: ServedExchange): string | undefined {
  if (!served.path.startsWith(`${REST_ROOT}/`) || served.route === undefined || !isJson(served)) return undefined
  const path = served.path.slice(REST_ROOT.length)
  const faults = findContractFaults({
    method: served.method,
    path,
    query: new URLSearchParams(served.query),
    status: served.status,
    requestBody: served.requestBody,
    responseBody: served.responseBody,
  })
  return faults.length === 0 ? undefined : renderFaults(`${served.method} ${path}${served.query} → ${served.status}`, faults)
}

/** GitHub publishes one schema for each event and action; a repository_dispatch may be called anything, and has one example. */
function schemaName({ name, action }: WorldEvent): string {
  if (name === 'repository_dispatch') return 'repository-dispatch-sample.collected'
  return [name, action]
    .filter((part) => part !== undefined)
    .join('-')
    .replaceAll('_', '-')
}

function judgeEvent(event: WorldEvent): string | undefined {
  if (unpublishedEvents.has(event.name)) return undefined
  const name = schemaName(event)
  const known = undeclaredKeys.find((each) => each.event === name)?.keys ?? []
  const faults = findPayloadFaults(name, event.payload).filter(({ at }) => !known.includes(at.split('/').at(-1) ?? ''))
  const kept = event.name === 'repository_dispatch' ? faults.filter(({ at }) => at !== '/action') : faults
  return kept.length === 0 ? undefined : renderFaults(`event ${schemaName(event)}`, kept)
}

/** Validates everything an embedded GitHub is sent, answers and delivers, from now on. */
export function watchContract(github: LocalGitHub): ContractWatch {
  let reports: string[] = []
  const note = (report: string | undefined) => {
    if (report !== undefined) reports.push(report)
  }
  const before = github.behaviour.onExchange
  github.behaviour.onExchange = async (exchange) => {
    note(judgeExchange(exchange))
    await before?.(exchange)
  }
  github.world.onEvent((event) => note(judgeEvent(event)))
  return {
    get reports() {
      return reports
    },
    check() {
      const found = [...new Set(reports)]
      reports = []
      if (found.length > 0) throw new Error(`GitHub's published description does not allow:\n\n${found.join('\n\n')}`)
    },
  }
}
