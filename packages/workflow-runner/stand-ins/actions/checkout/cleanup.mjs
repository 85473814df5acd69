import { existsSync } from 'node:fs'
import { git } from './git.mjs'

// The token must not stay behind in the folder.
const { STATE_folder: folder = '', STATE_key: key = '' } = process.env
if (folder !== '' && existsSync(folder) && git(folder, ['config', '--local', '--default', '', '--get', key]) !== '') {
  git(folder, ['config', '--local', '--unset-all', key])
}
