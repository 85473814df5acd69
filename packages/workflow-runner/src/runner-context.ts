const operatingSystems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }
const architectures: Readonly<Record<string, string>> = { ia32: 'X86', x64: 'X64', arm: 'ARM', arm64: 'ARM64' }

/** The `runner` context: what the runner says of itself. */
export interface RunnerContext {
  readonly os: string
  readonly arch: string
  readonly name: string
  readonly environment: string
  readonly temp: string
  readonly tool_cache: string
  readonly workspace: string
  readonly debug?: '1'
}

export interface RunnerFolders {
  readonly temp: string
  readonly tools: string
  readonly workspace: string
}

/** The context of a runner on this machine. */
export function createRunnerContext(folders: RunnerFolders, debug: boolean): RunnerContext {
  return {
    os: operatingSystems[process.platform] ?? process.platform,
    arch: architectures[process.arch] ?? process.arch,
    name: 'Switchyard 1',
    environment: 'github-hosted',
    temp: folders.temp,
    tool_cache: folders.tools,
    workspace: folders.workspace,
    ...(debug ? { debug: '1' } : {}),
  }
}

/** The context as `RUNNER_*` variables. */
export function toRunnerVariables(context: RunnerContext): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [`RUNNER_${name.toUpperCase()}`, String(value)]))
}

/** What a process needs of its machine to start at all; nothing else of this process's environment reaches an action. */
export function readMachineVariables(): Readonly<Record<string, string>> {
  const names = ['PATH', 'Path', 'PATHEXT', 'SystemRoot', 'SYSTEMROOT', 'ComSpec', 'TMPDIR', 'TEMP', 'TMP']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}
