import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A sign that steps wait for, so that a test says when they end and no clock does. */
export interface Gate extends AsyncDisposable {
  /** A script that ends once the gate is open. */
  readonly wait: string
  open(): Promise<void>
}

export async function makeGate(): Promise<Gate> {
  const folder = await mkdtemp(join(tmpdir(), 'gate-'))
  const sign = join(folder, 'open')
  return {
    wait: `until [ -e "${sign}" ]; do sleep 0.02; done`,
    open: () => writeFile(sign, ''),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
