const systems: Readonly<Record<string, readonly string[]>> = { linux: ['linux'], darwin: ['macos', 'darwin'], win32: ['windows'] }
const architectures: Readonly<Record<string, string>> = { x64: 'x64', arm64: 'arm64' }

/**
 * Which of a job's labels this machine does not have. `ubuntu-*` is taken everywhere, since most workflows name it and bash
 * is what they mean; `windows-*` and `macos-*` only where they are true. Others count when whoever started the runner says so.
 */
export function findMissingLabels(labels: readonly string[], own: readonly string[]): readonly string[] {
  const has = new Set(
    ['self-hosted', ...(systems[process.platform] ?? []), architectures[process.arch] ?? process.arch, ...own].map((label) =>
      label.toLowerCase(),
    ),
  )
  return labels.filter((label) => {
    const name = label.toLowerCase()
    const [, system] = /^(ubuntu|windows|macos)-/.exec(name) ?? []
    if (system === 'ubuntu') return false
    return !(has.has(name) || (system !== undefined && has.has(system)))
  })
}
