import { posix } from 'node:path'
import { builtinModules } from 'node:module'
import { environmentReaders, findImportedRoom, findRoom, guardedPackages, isAllowedImport, maxLines, pureExceptions } from './house.ts'
import type { Room } from './house.ts'
import type { Import, Module } from './parse-module.ts'

/** Something that breaks a rule of the house. */
export interface Breach {
  readonly file: string
  readonly line: number
  readonly what: string
  readonly remedy: string
}

const builtins = new Set(builtinModules)

export const isTestFile = (file: string): boolean => /\.test\.ts$|\.test-support\.ts$|(^|\/)test\//.test(file)
export const isNodeModule = (specifier: string): boolean => specifier.startsWith('node:') || builtins.has(specifier)
/** Whether the module to import is only known when the code runs. */
export const isComputed = (specifier: string): boolean => !/^[\w@./:#-]+$/.test(specifier)
export const renderBreach = ({ file, line, what, remedy }: Breach): string => `${file}:${line}: ${what}. ${remedy}`

/** Everything in one module that breaks a rule; dependencies apart. */
export function findModuleBreaches(module: Module): readonly Breach[] {
  const room = findRoom(module.file)
  if (room === undefined) {
    const what = 'this package stands on no floor'
    return [{ file: module.file, line: 1, what, remedy: 'Give it one in scripts/floors/house.ts and in the architecture document.' }]
  }
  const imports = module.imports.flatMap((entry) => findImportBreaches(module.file, room, entry))
  return [
    ...imports,
    ...findPurityBreaches(module, room),
    ...findEnvironmentBreaches(module, room),
    ...findCastBreaches(module),
    ...findLengthBreaches(module),
  ]
}

function findImportBreaches(file: string, room: Room, { specifier, line }: Import): readonly Breach[] {
  const breach = (what: string, remedy: string): readonly Breach[] => [{ file, line, what, remedy }]
  const inTest = isTestFile(file)
  if (isComputed(specifier)) {
    return room.floor === 'outside'
      ? []
      : breach('it imports what is only known when it runs', 'Name the module, so that the floors can be checked.')
  }
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier)
    if (room.floor === 'outside' || target.startsWith(`${room.folder}/`)) return []
    return breach(`it imports ${target} by its path`, 'Import the package by its name; what it does not export is not for others.')
  }
  if (specifier.startsWith('@switchyard/')) {
    const target = findImportedRoom(specifier)
    if (target === undefined) {
      return breach(`it imports ${specifier}, which stands on no floor`, 'Give that package one in scripts/floors/house.ts.')
    }
    if (target.name === room.name || isAllowedImport(room, target, inTest)) return []
    return breach(
      `${room.name} (floor ${room.floor}) may not import ${target.name} (floor ${target.floor})`,
      'Imports go to a lower floor only: declare the small port you need, and let the door pass what fits it.',
    )
  }
  const guarded = inTest || room.floor === 'outside' ? undefined : guardedPackages.find(({ pattern }) => pattern.test(specifier))
  if (guarded && !guarded.rooms.includes(room.name)) {
    return breach(`only ${guarded.rooms.join(', ')} may import ${specifier}`, 'Ask that room for what you need, through a port.')
  }
  return []
}

const isPure = (room: Room): boolean => room.floor === 0 || room.floor === 1

function findPurityBreaches(module: Module, room: Room): readonly Breach[] {
  if (!isPure(room) || isTestFile(module.file)) return []
  const allowed = pureExceptions.get(module.file) ?? []
  const imports = module.imports
    .filter(({ specifier }) => isNodeModule(specifier) && !allowed.includes(specifier))
    .map(({ specifier, line }) => ({ name: specifier, line }))
  return [...imports, ...module.impurities].map(({ name, line }) => ({
    file: module.file,
    line,
    what: `${room.name} is pure and may not use ${name}`,
    remedy: 'Take time, ids, chance and what was read as arguments.',
  }))
}

function findEnvironmentBreaches(module: Module, room: Room): readonly Breach[] {
  if (environmentReaders.includes(room.name) || isPure(room) || isTestFile(module.file)) return []
  return module.environmentReads.map(({ name, line }) => ({
    file: module.file,
    line,
    what: `${room.name} may not read ${name}`,
    remedy: 'Only packages/action reads the environment; take the value as an argument.',
  }))
}

function findCastBreaches(module: Module): readonly Breach[] {
  return module.forcedCasts.map(({ name, line }) => ({
    file: module.file,
    line,
    what: `\`${name}\` switches the type checker off`,
    remedy: 'Narrow the value with its schema, or use satisfies.',
  }))
}

function findLengthBreaches({ file, lines }: Module): readonly Breach[] {
  const limit = isTestFile(file) ? maxLines.test : maxLines.source
  if (lines <= limit || /(^|\/)generated\//.test(file)) return []
  return [
    { file, line: limit + 1, what: `the file has ${lines} lines; ${limit} are allowed`, remedy: 'It is probably two things: part them.' },
  ]
}
