import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UserError } from '@switchyard/core'
import { type LocalGitHub, type Repository, seedRepositories, startLocalGitHub } from '@switchyard/local-github'
import { seedOwnActions } from '../run/seed-own-actions.ts'

/** Who pushes the folders, owns the organisation and holds the token. */
const PUSHER = 'maintainer'

export interface SeedWanted {
  readonly folder: string
  readonly owner: string
  /** 0: a free one. */
  readonly port: number
}

/** An embedded GitHub with repositories in it. Whoever asked for it closes it. */
export interface Seeded {
  readonly github: LocalGitHub
  readonly repositories: readonly Repository[]
  readonly owner: string
  /** Of an administrator of everything there. */
  readonly token: string
}

/**
 * Starts an embedded GitHub and pushes every sub-folder to it.
 *
 * @throws {UserError} `SEED_NOT_FOUND`, `SEED_EMPTY` or `SEED_REFUSED` for the folder, `PORT_TAKEN` for the port.
 */
export async function startSeeded({ folder, owner, port }: SeedWanted): Promise<Seeded> {
  await checkSeed(folder)
  const github = await startLocalGitHub({ port, rateLimits: { enforced: false } }).catch((cause: unknown) => {
    throw toPortError(cause, port)
  })
  try {
    const { world } = github
    world.addUser({ login: PUSHER })
    if (owner !== PUSHER) world.addOrganization({ login: owner, members: { [PUSHER]: 'admin' } })
    const repositories = await seedRepositories(github, resolve(folder), { owner, pusher: PUSHER }).catch((cause: unknown) => {
      throw new UserError(
        'SEED_REFUSED',
        `The sub-folders of ${folder} could not be pushed: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      )
    })
    const folders = (await readdir(folder)).map((name) => join(resolve(folder), name))
    await seedOwnActions(world, { folders, owner })
    const token = world.createToken({ kind: 'classic', user: PUSHER, scopes: ['repo', 'workflow'] })
    return { github, repositories, owner, token }
  } catch (error) {
    await github.close()
    throw error
  }
}

async function checkSeed(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new UserError('SEED_NOT_FOUND', `There is no folder ${folder}`, {
      hint: 'Name a folder whose sub-folders are to become repositories.',
      cause,
    })
  })
  if (entries.some((entry) => entry.isDirectory())) return
  throw new UserError('SEED_EMPTY', `${folder} has no sub-folder`, {
    hint: 'Each sub-folder becomes a repository of its name. Name the folder above your repositories.',
  })
}

function toPortError(cause: unknown, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return cause
  const why = code === 'EACCES' ? 'may not be listened on' : 'is taken'
  return new UserError('PORT_TAKEN', `Port ${port} ${why}`, { hint: 'Choose another with --port, or leave it out for a free one.', cause })
}
