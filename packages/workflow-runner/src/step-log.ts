import { MAX_ANNOTATIONS_PER_LEVEL, MAX_ANNOTATION_LENGTH, toAnnotation } from './annotation.ts'
import type { Annotation } from './annotation.ts'
import type { SecretMasker } from './secret-masker.ts'
import { parseWorkflowCommand } from './workflow-commands.ts'
import type { WorkflowCommand } from './workflow-commands.ts'

const commandNames = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
] as const
type CommandName = (typeof commandNames)[number]

const isCommandName = (name: string): name is CommandName => commandNames.some((known) => known === name)

export interface StepLogOptions {
  readonly masker: SecretMasker
  readonly workspace: string
  /** Whether `::debug::` lines are kept, as with `ACTIONS_STEP_DEBUG`. */
  readonly debug: boolean
  /** Told of each line as it is written, masked. */
  readonly onLine?: ((line: string) => void) | undefined
}

/** A step's log as GitHub shows it, and what the step said to the runner in it. */
export class StepLog {
  /** Masked, in the order written. */
  readonly lines: string[] = []
  readonly annotations: Annotation[] = []
  /** From the old `::set-output` command. */
  readonly outputs = new Map<string, string>()
  /** From the old `::save-state` command. */
  readonly state = new Map<string, string>()
  /** True when a command could not be carried out: the step fails then, whatever its exit code. */
  commandFailed = false

  readonly #options: StepLogOptions
  readonly #names = new Set<string>(commandNames)
  #echo = false
  #stopToken: string | undefined

  constructor(options: StepLogOptions) {
    this.#options = options
  }

  /** Takes a line that the action printed, on either stream. */
  take(line: string): void {
    const command = parseWorkflowCommand(line, this.#names)
    if (command === undefined) this.write(line)
    else if (this.#stopToken !== undefined) this.#resume(command, line)
    else if (isCommandName(command.name)) this.#perform(command.name, command, line)
  }

  /** Writes a line of the runner's own. */
  write(line: string): void {
    const masked = this.#options.masker.mask(line)
    this.lines.push(masked)
    this.#options.onLine?.(masked)
  }

  annotate(annotation: Annotation): void {
    const message = this.#options.masker.mask(annotation.message).slice(0, MAX_ANNOTATION_LENGTH)
    const sameLevel = this.annotations.filter((other) => other.level === annotation.level)
    if (sameLevel.length < MAX_ANNOTATIONS_PER_LEVEL) this.annotations.push({ ...annotation, message })
    this.write(`##[${annotation.level}]${message}`)
  }

  /** Records that the runner could not do what the action asked of it. */
  fail(message: string): void {
    this.commandFailed = true
    this.annotate({ level: 'error', message })
  }

  #resume(command: WorkflowCommand, line: string): void {
    this.write(line)
    if (command.name !== this.#stopToken) return
    this.#names.delete(command.name)
    this.#stopToken = undefined
  }

  #perform(name: CommandName, command: WorkflowCommand, line: string): void {
    if (this.#echo && echoed.has(name)) this.write(line)
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice':
        return this.annotate(toAnnotation(name, command, this.#options.workspace))
      case 'debug':
        return this.#options.debug ? this.write(`##[debug]${command.data}`) : undefined
      case 'group':
        return this.write(`##[group]${command.data}`)
      case 'endgroup':
        return this.write('##[endgroup]')
      case 'add-mask':
        if (command.data.trim() !== '') return this.#options.masker.add(command.data)
        return this.annotate({ level: 'warning', message: "Can't add secret mask for empty string in ##[add-mask] command." })
      case 'stop-commands':
        return this.#stop(command.data, line)
      case 'echo':
        this.#echo = command.data.trim().toLowerCase() === 'on'
        return
      case 'set-output':
        return this.#keep(this.outputs, command, line)
      case 'save-state':
        return this.#keep(this.state, command, line)
      case 'set-env':
      case 'add-path':
        return this.fail(`The \`${name}\` command is disabled. Please use the environment file instead.`)
      case 'add-matcher':
      case 'remove-matcher':
        return
      default:
        return name satisfies never
    }
  }

  #stop(token: string, line: string): void {
    if (token === '' || this.#names.has(token.toLowerCase())) {
      return this.fail('The token of `stop-commands` is empty or the name of a command.')
    }
    this.#stopToken = token.toLowerCase()
    this.#names.add(this.#stopToken)
    // The runner masks the token, so that text in the log cannot start the commands again.
    if (token.length > 6) this.#options.masker.add(token)
    this.write(line)
  }

  #keep(values: Map<string, string>, command: WorkflowCommand, line: string): void {
    const name = command.properties.get('name')
    if (name === undefined) return this.fail(`Unable to process command '${line}' successfully: it has no name.`)
    values.set(name, command.data)
  }
}

const echoed: ReadonlySet<CommandName> = new Set(['add-matcher', 'add-path', 'remove-matcher', 'save-state', 'set-env', 'set-output'])
