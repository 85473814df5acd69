import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { shapeFaults } from './shape-faults.ts'
import { parseYamlDocument } from './yaml-document.ts'

const shape = z.strictObject({ mode: z.enum(['on', 'off']).optional(), counts: z.record(z.string(), z.number()).optional() })

function messagesOf(value: unknown): readonly string[] {
  const parsed = parseYamlDocument(JSON.stringify(value), { file: 'f.yml', begin: 'Write keys.', maxLength: 500_000 })
  const result = shape.safeParse(value)
  if (!parsed.ok || result.success) return []
  const words = { keys: { '': ['mode', 'counts'] }, explain: () => undefined }
  return shapeFaults(result.error.issues, { document: parsed.document, words }).map(({ message }) => message)
}

describe('what a file says is shown inert in its faults', () => {
  it.each([
    [{ 'a`b\nc\u202e': 1 }, ["`a'b\\nc\\u202e` is not a key of this file."]],
    [{ mode: 'o`n\u0007' }, ["`mode` does not know `o'n\\u0007`."]],
    [{ counts: { 'x`\ny': 'z' } }, ["`counts.x'\\ny` must be a number."]],
  ])('%j', (value, expected) => {
    expect(messagesOf(value)).toEqual(expected)
  })

  it('and cut short', () => {
    const long = 'x'.repeat(900)
    const messages = [{ [long]: 1 }, { mode: long.repeat(100) }, { counts: { [long]: 'z' } }].flatMap(messagesOf)
    expect(messages).toHaveLength(3)
    expect(messages.every(({ length }) => length < 350)).toBe(true)
  })
})
