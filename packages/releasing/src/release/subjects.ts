import { addressOf, type Customer } from '../model.ts'

/** Slugs hold no `~`, and neither do clusters and namespaces: the two parts never run together. */
export function releaseSubject(slug: string): string {
  return `release-${slug}`
}

export function customerSubject(slug: string, customer: Pick<Customer, 'cluster' | 'namespace'>): string {
  return `${releaseSubject(slug)}~${addressOf(customer)}`
}

/** The parts of a subject's name; `address` is undefined for a release's own. */
export function parseSubject(subject: string): { readonly slug: string; readonly address: string | undefined } {
  const [release = '', address] = subject.split('~')
  return { slug: release.replace(/^release-/, ''), address }
}
