import { toSwitchyardError } from '@switchyard/core'
import { runRelease } from '../release/run-release.ts'

try {
  console.log(await runRelease(process.argv[2], process.env))
} catch (thrown) {
  const error = toSwitchyardError(thrown)
  console.error(
    `::error::${[`${error.code}: ${error.message}`, error.hint].filter(Boolean).join('. ').replaceAll('%', '%25').replaceAll('\n', '%0A')}`,
  )
  process.exitCode = 1
}
