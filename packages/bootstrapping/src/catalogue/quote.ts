export { quote } from '@switchyard/core'
