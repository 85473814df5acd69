import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hideMarkers, MAX_BODY, MAX_SECTION, parseBody, renderBody, replaceKey, replaceSection, sectionHash } from '../../src/tree.ts'
import { SUBJECT } from './a-board.ts'

const BODY = renderBody({ subject: SUBJECT, key: 'login', section: 'Text.\n\n- one' })
const BEGIN = '<!-- switchyard:plan section -->'
const END = '<!-- /switchyard:plan section -->'
const MARK = `<!-- switchyard:plan item=${SUBJECT} key=login -->`

it('a body names its issue on the first line, and holds the section between markers', () => {
  expect(BODY).toBe(`${MARK}\n${BEGIN}\n\nText.\n\n- one\n\n${END}`)
  expect(renderBody({ subject: SUBJECT, key: 'login', section: '' })).toBe(`${MARK}\n${BEGIN}\n${END}`)
})

it('the longest section fits a body, whatever the names', () => {
  const body = renderBody({
    subject: `repo-${Number.MAX_SAFE_INTEGER}~issue-999999999`,
    key: 'k'.repeat(80),
    section: 'x'.repeat(MAX_SECTION),
  })
  expect(body.length).toBeLessThanOrEqual(MAX_BODY)
})

describe('read', () => {
  const section = 'Text.\n\n- one'
  it.each([
    ['as it was written', BODY, { subject: SUBJECT, key: 'login', section }],
    ['with other line ends and trailing blanks', BODY.replaceAll('\n', ' \t\r\n'), { subject: SUBJECT, key: 'login', section }],
    ['with text around it', `Above\n\n${BODY}\nBelow`, { subject: SUBJECT, key: 'login', section }],
    ['with indented markers', BODY.replaceAll(/^(?=<!--)/gm, '  \t'), { subject: SUBJECT, key: 'login', section }],
    ['of an issue that is none of ours', 'Just text', undefined],
    ['that is empty', '', undefined],
    ['that has another marker of ours', '<!-- switchyard:plan card -->\nA card', undefined],
    ['that quotes a marker within a line', `Text ${BEGIN} and ${END}`, undefined],
    ['without a mark', BODY.replace(MARK, ''), 'broken'],
    ['without a beginning', BODY.replace(BEGIN, ''), 'broken'],
    ['without an end', BODY.replace(END, ''), 'broken'],
    ['with two marks', `${BODY}\n${MARK}`, 'broken'],
    ['with two beginnings', `${BODY}\n${BEGIN}`, 'broken'],
    ['with two ends', `${BODY}\n${END}`, 'broken'],
    ['with the markers the wrong way round', `${MARK}\n${END}\n${BEGIN}`, 'broken'],
    ['with the mark below the section', `${BEGIN}\n${END}\n${MARK}`, 'broken'],
    ['with a mark that nobody of us wrote', BODY.replace('key=login', 'key=Lo gin'), 'broken'],
  ])('a body %s', (_, body, expected) => {
    expect(parseBody(body)).toEqual(expected)
  })
})

describe('write', () => {
  it('leaves every character of what people wrote', () => {
    const body = `Above  \r\n\r\n${BODY.replaceAll('\n', '\r\n')}  \r\n\tBelow\r\n`
    const replaced = replaceSection(body, 'New\ntext')
    expect(replaced).toBe(`Above  \r\n\r\n${MARK}\r\n${BEGIN}\r\n\r\nNew\r\ntext\r\n\r\n${END}  \r\n\tBelow\r\n`)
    expect(replaceKey(body, 'sign-in')).toBe(body.replace('key=login', 'key=sign-in'))
  })

  it('does not guess where a broken section stands', () => {
    for (const body of ['Just text', `${BODY}\n${END}`]) {
      expect(replaceSection(body, 'New')).toBeUndefined()
      expect(replaceKey(body, 'new')).toBeUndefined()
    }
  })

  it('takes a dollar sign for what it is', () => {
    expect(replaceSection(BODY, "$& and $' and $1")).toContain("$& and $' and $1")
  })

  it('gives back what was written, whatever stands around it', () => {
    const line = fc.constantFrom('', 'Text', '  indented', 'é🙂\u200f', '```', BEGIN, `  ${END}`, MARK, '<!-- switchyard:plan')
    const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text.map(hideMarkers), text.map(hideMarkers), text.map(hideMarkers), fc.boolean(), (section, above, below, isCrlf) => {
        const around = `${above}\n${BODY}\n${below}`
        const body = isCrlf ? around.replaceAll('\n', '\r\n') : around
        const replaced = replaceSection(body, section) ?? ''
        const read = parseBody(replaced)
        expect(typeof read === 'object' && sectionHash(read.section)).toBe(sectionHash(section))
        expect(replaceSection(replaced, 'Text.\n\n- one')).toBe(body)
      }),
    )
  })
})

describe('hash', () => {
  it.each(['Text\n\n- one', 'Text\r\n\r\n- one', 'Text  \n\t\n- one ', '\n\nText\n\n- one\n\n'])('is the same for %j', (section) => {
    expect(sectionHash(section)).toBe(sectionHash('Text\n\n- one'))
  })

  it.each(['Text\n- one', ' Text\n\n- one', 'text\n\n- one'])('is another for %j', (section) => {
    expect(sectionHash(section)).not.toBe(sectionHash('Text\n\n- one'))
  })
})
