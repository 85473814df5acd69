// What reads `.github/switchyard.yml`: loads yaml and zod.
export * from './permission/json-schema.ts'
export { parseSwitchyardConfig, type ConfigWanted, type ParsedConfig } from './permission/parse-config.ts'
export { switchyardShape } from './permission/shape.ts'
