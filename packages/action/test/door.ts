import { setTimeout as wait } from 'node:timers/promises'
import { runAction } from '../src/index.ts'
import { sample } from './sample-spec.ts'

/** A door for the tests: what it does is its input `config-path`. */
await runAction(sample, async ({ inputs, secrets, io }) => {
  switch (inputs.configPath) {
    case 'standstill':
      return new Promise(() => {})
    case 'stray':
      setTimeout(() => {
        throw new Error(`stray ${secrets.token}`)
      }, 10)
      return new Promise(() => {})
    case 'rejection':
      void Promise.reject(new Error('nobody looks'))
      await wait(3_600_000, undefined, { ref: true })
      break
    case 'left-open':
      setInterval(() => {}, 1_000)
      break
    default:
      io.log.info('::set-output name=decision::forged')
  }
  return { decision: 'done', reasonCode: 'fine', headline: 'It is done.', result: {}, summary: '# A page' }
})
