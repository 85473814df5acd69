import * as fs from 'node:fs'

/** For `fs` in the summary of `@actions/core`: `fs.promises` takes longer to load than a start can spare. */
export const promises: Pick<typeof fs.promises, 'access' | 'appendFile' | 'writeFile'> = {
  access: (...args) => fs.promises.access(...args),
  appendFile: (...args) => fs.promises.appendFile(...args),
  writeFile: (...args) => fs.promises.writeFile(...args),
}

export { constants } from 'node:fs'
