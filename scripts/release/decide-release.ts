import { UserError } from '@switchyard/core'
import semver from 'semver'

/** What GitHub says of the repository, read before anything is written. */
export interface ReleaseFacts {
  /** As it was typed. */
  readonly version: string
  /** The branch the workflow runs on, and the commit. */
  readonly branch: string
  readonly sha: string
  readonly defaultBranch: string
  /** Tag names to what they point at. */
  readonly tags: ReadonlyMap<string, string>
}

export interface ReleasePlan {
  readonly version: string
  /** `v1.2.3`: never moved again. */
  readonly tag: string
  /** `v1`: what workflows name, moved with each release. */
  readonly majorTag: string
  readonly sha: string
  readonly isPrerelease: boolean
  /** An earlier try made the tag already, at this commit: only what is missing is done. */
  readonly isTagged: boolean
  /** Whether the major tag is to point here: never for a prerelease, nor for a release that others came after. */
  readonly movesMajorTag: boolean
}

/**
 * What a release does, or why it is refused. A version is released once: run again at the same commit it finishes what an
 * earlier try left, at another commit it is refused.
 *
 * @throws UserError with what to do.
 */
export function decideRelease({ version, branch, sha, defaultBranch, tags }: ReleaseFacts): ReleasePlan {
  const parsed = semver.parse(version)
  if (parsed === null || parsed.version !== version) {
    throw refuse('RELEASE_VERSION', `${version} is no version`, 'Write it as X.Y.Z, without a v. See https://semver.org.')
  }
  if (branch !== defaultBranch) {
    throw refuse('RELEASE_BRANCH', `A release is made from ${defaultBranch}, not from ${branch}`, `Start the workflow on ${defaultBranch}.`)
  }
  const tag = `v${version}`
  const taggedAt = tags.get(tag)
  if (taggedAt !== undefined && taggedAt !== sha) {
    throw refuse(
      'RELEASE_EXISTS',
      `${tag} was released from ${taggedAt.slice(0, 7)}, and a released tag never moves`,
      'Choose the next version.',
    )
  }
  const released = [...tags.keys()]
    .map((name) => semver.parse(name))
    .filter((each) => each !== null)
    .sort(semver.compare)
  const newest = released.at(-1)
  if (taggedAt === undefined && newest !== undefined && semver.lte(parsed, newest)) {
    throw refuse('RELEASE_ORDER', `${version} does not come after ${newest.version}, the newest release`, 'Choose a greater version.')
  }
  const isPrerelease = parsed.prerelease.length > 0
  const isLatest = !released.some((other) => other.major === parsed.major && other.prerelease.length === 0 && semver.gt(other, parsed))
  return {
    version,
    tag,
    majorTag: `v${parsed.major}`,
    sha,
    isPrerelease,
    isTagged: taggedAt !== undefined,
    movesMajorTag: !isPrerelease && isLatest,
  }
}

const refuse = (code: string, message: string, hint: string): UserError => new UserError(code, message, { hint })
