import {
  measureBootstraps,
  measureBundles,
  measureDispatches,
  measureGrowth,
  measurePlans,
  measurePush,
  measureReleases,
  measureStart,
  measureWriters,
  type Row,
} from '@switchyard/bench'
import { renderTable } from '@switchyard/core'
import { getActionNode } from '../node-24.ts'
import { root } from '../repository.ts'

const { path: node, version } = getActionNode()
console.log(`Measured from the bundles on Node ${version}, against the embedded GitHub. Requests and depth are exact; times are ratios.\n`)
const rows: readonly Row[] = [
  ...(await measureDispatches(node)),
  ...(await measureBootstraps(node)),
  ...(await measureReleases(node)),
  ...(await measurePlans(node)),
  await measureWriters(),
  ...(await measureGrowth(node)),
  ...(await measurePush()),
  ...(await measureStart(node)),
  ...measureBundles(root),
]
console.log(
  renderTable(
    ['', 'job', 'measured', 'budget'],
    rows.map(({ isWithin, job, measured, budget }) => [isWithin ? 'ok' : 'OVER', job, measured, budget]),
  ),
)
const over = rows.filter(({ isWithin, measured }) => !isWithin && !measured.includes('×'))
process.exitCode = over.length > 0 ? 1 : 0
