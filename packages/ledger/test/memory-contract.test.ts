import { describe } from 'vitest'
import { MemoryBranch, MemoryStore } from '../src/memory-store.ts'
import { describeStore } from './contract.ts'
import { systemPorts } from './system-ports.ts'

describe('in memory', () => {
  describeStore(async () => {
    const branch = new MemoryBranch()
    return { open: () => new MemoryStore(branch), ports: systemPorts(1) }
  })
})
