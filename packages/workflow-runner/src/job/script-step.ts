import { randomUUID } from 'node:crypto'
import { stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UserError } from '@switchyard/core'
import { evaluateTemplate, evaluateText, type Scope } from '../expressions/evaluate.ts'
import { writeHeading } from '../step-heading.ts'
import type { RunDefaults, RunStep } from '../workflow/model.ts'
import type { Template } from '../workflow/template.ts'
import { processVariables, toText } from './scope.ts'
import { getShell } from './shells.ts'
import type { RunningStep } from './running-step.ts'
import { runStepProcess, type StepProcessResult } from './step-process.ts'

/** Runs a `run` step. The script's text goes to a file and the file to the shell: nothing of it is an argument. */
export async function runScript(step: RunStep, running: RunningStep): Promise<StepProcessResult> {
  const { job, scope, log, env } = running
  const script = toText(evaluateTemplate(step.script, scope)).replaceAll('\r\n', '\n')
  const defaults = running.frame.observer === undefined ? job.plan.defaults : []
  const shellName = evaluateFirst([step.shell, ...defaults.map((each: RunDefaults) => each.shell)], scope)
  const shell = getShell(shellName)
  const folder = evaluateFirst([step.workingDirectory, ...defaults.map((each: RunDefaults) => each.workingDirectory)], scope) ?? '.'
  const workingDirectory = resolve(job.workspace, folder)
  const file = join(job.runner.temp, `${randomUUID()}${shell.extension}`)
  await writeFile(file, `${shell.before ?? ''}${script}`)
  const [first = '', ...rest] = script.trim().split('\n')
  const args = shell.args.map((arg) => arg.replaceAll('{0}', file))
  writeHeading(log, {
    isPost: false,
    title: first,
    inputs: new Map(),
    env: running.env,
    details: [...rest, `shell: ${shell.command} ${shell.args.join(' ')}`],
  })
  await checkFolder(workingDirectory, folder)
  return runStepProcess({
    ...running.process,
    command: shell.command,
    args,
    workingDirectory,
    environment: processVariables(job, env),
    github: running.github,
    temp: job.runner.temp,
    log,
    masker: job.masker,
  })
}

/** Starting a process does not tell a missing folder from a missing program. */
async function checkFolder(path: string, named: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() === true) return
  throw new UserError('FOLDER_MISSING', `The working directory \`${named}\` is not there`, {
    hint: 'It counts from the workspace, which is empty until a step checks out the repository or makes the folder.',
  })
}

function evaluateFirst(templates: readonly (Template | undefined)[], scope: Scope): string | undefined {
  const template = templates.find((each) => each !== undefined)
  if (template === undefined) return undefined
  return template.kind === 'expression' ? evaluateText(template.text, scope) : toText(evaluateTemplate(template, scope))
}
