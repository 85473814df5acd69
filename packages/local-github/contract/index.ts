export { type Exchange, type Fault, findContractFaults, findPayloadFaults } from './validate.ts'
