/** GitHub: 25 top-level inputs of a workflow_dispatch (REST, "Create a workflow dispatch event"). */
export const MAX_INPUTS = 25
/** GitHub: all inputs together as compact JSON, in characters. */
export const MAX_INPUTS_LENGTH = 65_535
/** Filled in by Switchyard when the target's workflow declares it: by it a started run is found and its chain followed. */
export const CORRELATION_INPUT = 'correlation-id'
