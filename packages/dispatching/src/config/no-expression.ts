import type { Finding, Path } from '@switchyard/core/config'

export function noExpression(path: Path, what: string): Finding {
  return {
    path,
    code: 'expression-not-allowed',
    message: `${what} cannot be computed.`,
    hint: 'Expressions are allowed in the values of `inputs` only.',
  }
}
