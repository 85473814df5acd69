import { checkGroups } from '../checks/list.ts'
import { renderReport } from '../checks/report.ts'
import { runChecks } from '../checks/run-checks.ts'
import { selectChecks } from '../checks/select-checks.ts'
import { runTestsAt } from '../checks/vitest.ts'

console.log(`Node ${process.versions.node}`)
const wanted = selectChecks(checkGroups, process.argv.slice(2), runTestsAt)
const finished = await runChecks(wanted, (text) => console.log(text))
console.log(`\n${renderReport(finished)}`)
process.exitCode = finished.some((check) => check.failed > 0) ? 1 : 0
