import { writeFile } from 'node:fs/promises'
import { UserError } from '@switchyard/core'

/** Puts a command's result into a file, in place of what is there. @throws {UserError} `OUTPUT_NOT_WRITABLE` */
export async function writeOutput(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: unknown) => {
    throw new UserError('OUTPUT_NOT_WRITABLE', `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
  })
}
