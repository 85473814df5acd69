import { createConnection, createGitHub, type Connection, type GitHub, type GitHubPorts } from '../src/index.ts'
import { type Script, type ScriptedServer, startScripted } from './scripted-server.ts'

export const TOKEN = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'

/** Ports that write down what they are asked for. Time passes only by sleeping. */
export interface RecordedPorts extends GitHubPorts {
  readonly slept: number[]
  readonly logged: string[]
  readonly masked: string[]
  time: number
}

export function recordPorts(start = Date.now()): RecordedPorts {
  const ports: RecordedPorts = {
    slept: [],
    logged: [],
    masked: [],
    time: start,
    now: () => ports.time,
    random: () => 0.5,
    sleep(ms) {
      ports.slept.push(ms)
      ports.time += ms
      return Promise.resolve()
    },
    log: { debug: (message) => void ports.logged.push(message) },
    mask: (secret) => void ports.masked.push(secret),
  }
  return ports
}

export interface Lab extends AsyncDisposable {
  readonly github: GitHub
  readonly connection: Connection
  readonly server: ScriptedServer
  readonly ports: RecordedPorts
}

export interface LabOptions {
  /** How long the step still has, in ms. */
  readonly budget?: number
  readonly timeoutMs?: number
  readonly maxBytes?: number
}

/** A client in front of a scripted server. */
export async function openLab(script: Script, { budget = 30_000, ...wire }: LabOptions = {}): Promise<Lab> {
  const server = await startScripted(script)
  const ports = recordPorts()
  const connection = createConnection({ ports, ...wire })
  const github = createGitHub({
    apiUrl: server.url,
    graphqlUrl: `${server.url}/graphql`,
    credential: { token: TOKEN },
    deadline: ports.time + budget,
    connection,
    ports,
  })
  return {
    github,
    connection,
    server,
    ports,
    async [Symbol.asyncDispose]() {
      connection.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** What a promise was rejected with. */
export async function caught(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (thrown) {
    return thrown
  }
  throw new Error('it did not fail')
}
