import { checkGroups } from '../checks/list.ts'
import { renderReport } from '../checks/report.ts'
import { runChecks } from '../checks/run-checks.ts'

console.log(`Node ${process.versions.node}`)
const finished = await runChecks(checkGroups, (text) => console.log(text))
console.log(`\n${renderReport(finished)}`)
process.exitCode = finished.some((check) => check.failed > 0) ? 1 : 0
