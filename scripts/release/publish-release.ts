import type { GitHub } from '@switchyard/github'
import { z } from 'zod'
import type { ReleaseFacts, ReleasePlan } from './decide-release.ts'

export interface ReleasePlace {
  readonly owner: string
  readonly repo: string
}

const refs = z.array(z.object({ ref: z.string(), object: z.object({ sha: z.string() }) }))
const releases = z.array(z.object({ id: z.number(), tag_name: z.string(), draft: z.boolean() }))
const release = z.object({ id: z.number(), draft: z.boolean(), html_url: z.string() })

const TAGS = 'GET /repos/{owner}/{repo}/git/matching-refs/{+ref}'

/** Reads what the decision needs. */
export async function readReleaseFacts(
  github: GitHub,
  place: ReleasePlace,
  given: Pick<ReleaseFacts, 'version' | 'branch' | 'sha'>,
): Promise<ReleaseFacts> {
  const { data } = await github.request('GET /repos/{owner}/{repo}', { ...place })
  const { default_branch: defaultBranch } = z.object({ default_branch: z.string() }).parse(data)
  return { ...given, defaultBranch, tags: await readTags(github, place) }
}

async function readTags(github: GitHub, place: ReleasePlace): Promise<ReadonlyMap<string, string>> {
  const tags = new Map<string, string>()
  for await (const { data } of github.pages(TAGS, { ...place, ref: 'tags/v' })) {
    for (const { ref, object } of refs.parse(data)) tags.set(ref.slice('refs/tags/'.length), object.sha)
  }
  return tags
}

/**
 * Publishes: a draft first, then the release with its tag, then the major tag. Each step is left out where an earlier try did
 * it, so that a run that ended half-way is run again. Returns the release's page.
 */
export async function publishRelease(github: GitHub, place: ReleasePlace, plan: ReleasePlan): Promise<string> {
  const known = await findRelease(github, place, plan.tag)
  const draft = known ?? (await github.request('POST /repos/{owner}/{repo}/releases', { ...place, ...describe(plan), draft: true })).data
  const { id, draft: isDraft, html_url: page } = release.parse(draft)
  if (isDraft) {
    await github.request('PATCH /repos/{owner}/{repo}/releases/{release_id}', {
      ...place,
      release_id: id,
      draft: false,
      make_latest: plan.movesMajorTag ? 'true' : 'false',
    })
  }
  // Who names a major version asked for releases, not for what comes before them.
  if (plan.movesMajorTag) await moveMajorTag(github, place, plan)
  return page
}

function describe({ tag, sha, version, isPrerelease }: ReleasePlan) {
  const body = `Use it as \`switchyard/switchyard/actions/<action>@${sha} # ${tag}\`.\n\nThe bundles are attested: \`gh attestation verify <file> --repo switchyard/switchyard\`.`
  return { tag_name: tag, target_commitish: sha, name: version, body, prerelease: isPrerelease }
}

async function findRelease(github: GitHub, place: ReleasePlace, tag: string): Promise<unknown> {
  for await (const { data } of github.pages('GET /repos/{owner}/{repo}/releases', { ...place, per_page: 100 })) {
    const found = releases.parse(data).find((each) => each.tag_name === tag)
    if (found !== undefined) {
      return (await github.request('GET /repos/{owner}/{repo}/releases/{release_id}', { ...place, release_id: found.id })).data
    }
  }
  return undefined
}

async function moveMajorTag(github: GitHub, place: ReleasePlace, { majorTag, sha }: ReleasePlan): Promise<void> {
  const now = (await readTags(github, place)).get(majorTag)
  if (now === sha) return
  if (now === undefined) await github.request('POST /repos/{owner}/{repo}/git/refs', { ...place, ref: `refs/tags/${majorTag}`, sha })
  else await github.request('PATCH /repos/{owner}/{repo}/git/refs/{+ref}', { ...place, ref: `tags/${majorTag}`, sha, force: true })
}
