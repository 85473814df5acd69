// By itself, because whoever loads all operations late brings all of them into the bundle.
export { isAttemptOver } from '@switchyard/github/operations'
