import { repositorySubject } from '@switchyard/bootstrapping'
import { splitFullName } from '@switchyard/core'

/** Where the ledger keeps what concerns `owner/name`. */
export function toSubject(fullName: string): string {
  const { owner, name } = splitFullName(fullName)
  return repositorySubject(owner, name)
}
