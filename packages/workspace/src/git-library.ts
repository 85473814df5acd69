// What is used of the library, and nothing else of it comes into a bundle: whoever loads a package late loads all of it.
export { fetch, readBlob, readCommit, readObject } from 'isomorphic-git'
