import { lintFolders } from '@switchyard/cli/lint'
import { renderPlace } from '@switchyard/core'
import { root } from '../repository.ts'

/** Whether every workflow, action and configuration file here and in the examples is as `switchyard lint --strict` wants it. A line a fault. */
export async function checkWorkflows(): Promise<readonly string[]> {
  const { faults } = await lintFolders({ folders: ['.', 'examples'], owner: 'acme', base: root })
  return faults.map(({ place, code, message, hint }) => `${renderPlace(place)}: ${code}: ${message}${hint === undefined ? '' : ` ${hint}`}`)
}
