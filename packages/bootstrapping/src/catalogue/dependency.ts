import validRange from 'semver/ranges/valid.js'
import validateName from 'validate-npm-package-name'

/**
 * What is wrong with a dependency's name, by npm's own rules; undefined when it is sound. Names that only old packages bear are
 * accepted: they can be installed.
 */
export function findPackageNameFault(name: string): string | undefined {
  const { validForOldPackages, errors, warnings } = validateName(name)
  return validForOldPackages ? undefined : (errors?.[0] ?? warnings?.[0] ?? 'it is not a name')
}

/** Whether a dependency's version is one that the registry resolves by number: a version or a range, no tag, address or alias. */
export function isRegistryRange(version: string): boolean {
  return /^[\u0020-\u007e]+$/.test(version) && version.trim() === version && version !== '' && validRange(version) !== null
}
