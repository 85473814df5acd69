import { runNode } from '../checks/command.ts'
import { formatter } from '../checks/formatter.ts'

const { exitCode, output } = await runNode(formatter)
process.stdout.write(output)
process.exitCode = exitCode ?? 1
