// Named one by one: the library's default export would bring its whole command line into every bundle.
export { fetch, readBlob, readCommit, readTree } from 'isomorphic-git'
