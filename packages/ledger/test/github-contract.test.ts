import { afterAll, beforeAll, describe } from 'vitest'
import { describeStore } from './contract.ts'
import { type Lab, openLab } from './github-lab.ts'
import { systemPorts } from './system-ports.ts'

let lab: Lab
let branches = 0
beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab.github.close())

describe('on the embedded GitHub', () => {
  describeStore(async () => {
    branches += 1
    const branch = `switchyard/dispatch-${branches}`
    return { open: () => lab.open(undefined, branch), ports: systemPorts(branches) }
  })
})
