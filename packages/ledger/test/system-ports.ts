import { setTimeout } from 'node:timers/promises'
import type { Ports } from '../src/index.ts'
import { seededRandom } from './clock.ts'

/** The real clock, with chances that can be had again. */
export function systemPorts(seed: number): Ports {
  return { now: () => Date.now(), random: seededRandom(seed), sleep: async (ms) => void (await setTimeout(ms)) }
}
