export { type Exchange, type Fault, findContractFaults, findPayloadFaults } from './validate.ts'
export { type ContractWatch, watchContract } from './watch.ts'
