import { renderInert } from './inert.ts'
import type { Redactor } from './redact.ts'
import type { ActionIo, Annotation, Log } from './run-types.ts'
import type { Runner } from './runner.ts'

/** The `io` of one run, and what the run left in it. */
export interface IoSession {
  readonly io: ActionIo
  readonly annotations: readonly Annotation[]
  /** Closes all that was handed over and ends all waiting. */
  end(): void
}

export function createIo(runner: Runner, redactor: Redactor): IoSession {
  const annotations: Annotation[] = []
  const closeables: { close(): void }[] = []
  const sleepers = new Map<ReturnType<typeof setTimeout>, () => void>()
  const mask = (secret: string): void => {
    for (const form of redactor.add(secret)) runner.setSecret(form)
  }
  const io: ActionIo = {
    log: createLog(runner, redactor),
    annotate: (annotation) => void annotations.push(annotation),
    mask,
    now: () => Date.now(),
    random: () => Math.random(),
    sleep: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          sleepers.delete(timer)
          resolve()
        }, ms)
        sleepers.set(timer, resolve)
      }),
    closeAtEnd: (closeable) => void closeables.push(closeable),
  }
  return {
    io,
    annotations,
    end() {
      for (const closeable of closeables) closeable.close()
      for (const [timer, wake] of sleepers) {
        clearTimeout(timer)
        wake()
      }
      sleepers.clear()
    },
  }
}

function createLog(runner: Runner, redactor: Redactor): Log {
  const clean = (text: string): string => renderInert(redactor.redact(text))
  return {
    info: (message) => runner.info(clean(message)),
    debug: (message) => runner.debug(redactor.redact(message)),
    async group(title, work) {
      runner.startGroup(clean(title))
      try {
        return await work()
      } finally {
        runner.endGroup()
      }
    },
  }
}
