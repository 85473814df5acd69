import { Lexer } from '@actions/expressions'
import { type Token, TokenType } from '@actions/expressions/lexer'

export interface FoundExpression {
  readonly expression: string
  /** Of its `${{`, from 0. */
  readonly offset: number
}

/** The `${{ }}` of a text; quotes inside may hold `}}`. */
export function findExpressions(text: string): readonly FoundExpression[] {
  return [...text.matchAll(/\$\{\{((?:[^'}]|'[^']*'|\}(?!\}))*)\}\}/g)].map((match) => ({
    expression: (match[1] ?? '').trim(),
    offset: match.index,
  }))
}

/**
 * True when an expression uses text that somebody else may have written: `github.event`, `github.head_ref`, `inputs`, however they are
 * spelled, or a whole context that holds them. An expression that cannot be read is not judged here.
 */
export function isUntrusted(expression: string): boolean {
  const tokens = lex(expression)
  return tokens.some((token, index) => {
    if (token.type !== TokenType.IDENTIFIER || tokens[index - 1]?.type === TokenType.DOT) return false
    const name = token.lexeme.toLowerCase()
    return name === 'inputs' || (name === 'github' && isUntrustedField(tokens.slice(index + 1)))
  })
}

/** `github` alone, by a star or by a computed name may be any of its fields. */
function isUntrustedField([first, second, third]: readonly Token[]): boolean {
  switch (first?.type) {
    case TokenType.DOT:
      return second?.type === TokenType.STAR || isUntrustedName(second?.lexeme)
    case TokenType.LEFT_BRACKET:
      return second?.type !== TokenType.STRING || third?.type !== TokenType.RIGHT_BRACKET || isUntrustedName(String(second.value ?? ''))
    default:
      return true
  }
}

const isUntrustedName = (name: string | undefined): boolean => ['event', 'head_ref'].includes(name?.toLowerCase() ?? '')

function lex(expression: string): readonly Token[] {
  try {
    return new Lexer(expression).lex().tokens
  } catch {
    return []
  }
}
