export { type DeciderUse, isRuledStream, RULED_STREAMS, type RuledStream, withDecider } from './registry.ts'
