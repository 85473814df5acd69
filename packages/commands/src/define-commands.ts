import { InternalError } from '@switchyard/core'
import { type CommandDefinition, commandName, takesRest } from './definition.ts'

const WORD = /^[a-z][a-z0-9-]*$/

/**
 * A list of commands with their exact types, so that what `bindCommands` returns is a union told apart by `command`.
 * @throws InternalError for definitions that contradict themselves or each other.
 */
export function defineCommands<const D extends readonly CommandDefinition[]>(definitions: D): D {
  const faults = [...findDoubles(definitions), ...definitions.flatMap(findFaults)]
  if (faults.length > 0) throw new InternalError(`These commands cannot be: ${faults.join('; ')}.`)
  return definitions
}

function findDoubles(definitions: readonly CommandDefinition[]): readonly string[] {
  return definitions.flatMap((definition, index) => {
    const name = commandName(definition)
    const others = definitions.filter((other, at) => at !== index && other.family === definition.family)
    if (others.some((other) => commandName(other) === name)) return [`/${name} is defined twice`]
    return definition.name === undefined && others.length > 0 ? [`/${name} is a command and a family of commands`] : []
  })
}

function findFaults(definition: CommandDefinition): readonly string[] {
  const { family, name, flags = {} } = definition
  const command = `/${commandName(definition)}`
  const list = definition.arguments ?? []
  const words = [family, ...(name === undefined ? [] : [name]), ...Object.keys(flags), ...list.map((argument) => argument.name)]
  const bad = words.filter((word) => !WORD.test(word)).map((word) => `${command}: ${word} is not in lower case`)
  const late = list
    .slice(0, -1)
    .filter(takesRest)
    .map((argument) => `${command}: nothing can follow ${argument.name}`)
  const order = list.flatMap((argument, index) =>
    argument.optional === undefined && list.slice(0, index).some(({ optional }) => optional)
      ? [`${command}: ${argument.name} is required and follows something optional`]
      : [],
  )
  const twice = list.length > new Set(list.map((argument) => argument.name)).size ? [`${command}: two arguments have one name`] : []
  const all = flags['all'] && list.some(({ kind }) => kind === 'members') ? [`${command}: --all is built in`] : []
  return [...bad, ...late, ...order, ...twice, ...all]
}
