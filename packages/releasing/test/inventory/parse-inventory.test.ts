import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInventory } from '../../src/files.ts'
import { addressOf } from '../../src/index.ts'

const file = 'release/inventory.yml'
const read = (name: string): string => readFileSync(new URL(`./valid/${name}.yml`, import.meta.url), 'utf8')
const codesOf = (text: string): readonly string[] => {
  const parsed = parseInventory(text, { file })
  return parsed.ok ? [] : parsed.faults.map(({ code }) => code)
}
const crowd = (count: number): string =>
  JSON.stringify({ clusters: [{ name: 'a', customers: Array.from({ length: count }, (_, at) => ({ name: 'A', namespace: `n${at}` })) }] })

describe('a sound inventory', () => {
  it('has every default of the contract filled in', () => {
    expect(parseInventory(read('smallest'), { file })).toEqual({
      ok: true,
      warnings: [],
      inventory: {
        clusters: [
          {
            name: 'eu-1',
            description: '',
            active: true,
            tags: [],
            environment: 'eu-1',
            sqlCommand: undefined,
            customers: [],
            place: { file, line: 2, column: 5 },
          },
        ],
      },
    })
  })

  it('keeps its order, and what stands in metadata to itself', () => {
    const parsed = parseInventory(read('everything'), { file })
    const clusters = parsed.ok ? parsed.inventory.clusters : []
    expect(clusters.map(({ name, active, environment }) => [name, active, environment])).toEqual([
      ['eu-1', true, 'production / eu-1'],
      ['us.west_2', false, 'us.west_2'],
    ])
    expect(clusters[0]?.sqlCommand).toBe('psql "$DATABASE_URL" --set ON_ERROR_STOP=1')
    expect(clusters[0]?.customers[0]).toEqual({
      cluster: 'eu-1',
      namespace: 'acme',
      name: 'Acme & Söhne (Wien), Ltd.',
      description: 'The first.',
      active: true,
      tags: ['canary'],
      place: { file, line: 12, column: 9 },
    })
    const customers = clusters.flatMap((cluster) => cluster.customers)
    expect(customers.map((customer) => [addressOf(customer), customer.active])).toEqual([
      ['eu-1/acme', true],
      ['eu-1/obshchestvo.prod_2', false],
      ['eu-1/Kabu', true],
      ['us.west_2/acme', false],
    ])
    expect(JSON.stringify(parsed)).not.toContain('kubernetes')
  })

  it('has names composed as commands compare them', () => {
    const parsed = parseInventory('clusters: [{ name: a, customers: [{ name: "U\u0308nal", namespace: a }] }]', { file })
    expect(parsed.ok && parsed.inventory.clusters[0]?.customers[0]?.name).toBe('\u00dcnal')
  })
})

describe('an inventory that is too much', () => {
  it('may have two thousand customers, and no more', () => {
    expect(codesOf(crowd(2_000))).toEqual([])
    expect(codesOf(crowd(2_001))).toEqual(['too-many-customers'])
  })

  it('counts the customers of all clusters together', () => {
    const clusters = ['a', 'b'].map((name) => ({
      name,
      customers: Array.from({ length: 1_001 }, (_, at) => ({ name: 'A', namespace: `n${at}` })),
    }))
    expect(codesOf(JSON.stringify({ clusters }))).toEqual(['too-many-customers'])
  })

  it('of ten thousand customers is refused by one fault, though each of them is wrong', () => {
    expect(codesOf(JSON.stringify({ clusters: [{ customers: Array.from({ length: 10_000 }, () => ({ name: '@a' })) }] }))).toEqual([
      'too-many-customers',
    ])
  })

  it('may have two hundred clusters, and no more', () => {
    const clusters = (count: number): string => JSON.stringify({ clusters: Array.from({ length: count }, (_, at) => ({ name: `c${at}` })) })
    expect(codesOf(clusters(200))).toEqual([])
    expect(codesOf(clusters(201))).toEqual(['too-many-clusters'])
  })

  it('in characters is refused unread', () => {
    expect(codesOf(`clusters: [{ name: a }] #${'x'.repeat(500_000)}`)).toEqual(['file-too-large'])
  })

  it('of faults tells a hundred', () => {
    expect(codesOf(crowd(2_000).replaceAll('"A"', '"@"'))).toHaveLength(100)
  })

  it.each(['[', '{ a: ', '\n- ', '*a ', '&a '])('of %j in a row is refused by a hundred faults at the most', (part) => {
    const faults = codesOf(`clusters: [{ name: a, metadata: ${part.repeat(10_000)}`)
    expect(faults.length).toBeGreaterThan(0)
    expect(faults.length).toBeLessThanOrEqual(100)
  })

  it('of a name is not repeated in the message', () => {
    const parsed = parseInventory(`clusters: [{ name: ${'a '.repeat(30_000)}, tags: [${'@'.repeat(60_000).replace('@', '"')}"] }]`, {
      file,
    })
    expect(parsed.ok ? [] : parsed.faults.map(({ code, message }) => [code, message.length < 300])).toEqual([
      ['too-long', true],
      ['too-long', true],
    ])
  })
})

it('a customer that was made inactive lets its cluster be inactive', () => {
  const text = (active: boolean): string =>
    JSON.stringify({ clusters: [{ name: 'a', active: false, customers: [{ name: 'A', namespace: 'a', active }] }] })
  expect([codesOf(text(false)), codesOf(text(true))]).toEqual([[], ['active-customers']])
})

it('whatever text it is given, it answers and says where', () => {
  const part = fc.constantFrom(
    'clusters:',
    '\n',
    '  ',
    '- ',
    'name: ',
    'a',
    '"',
    '{',
    '}',
    '[',
    '&a ',
    '*a',
    'customers:',
    '\u0430',
    '\u0000',
    '!!',
    '---\n',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join('')),
      ),
      (text) => {
        const parsed = parseInventory(text, { file })
        if (!parsed.ok) expect(parsed.faults.every(({ place }) => place !== undefined && place.line >= 1 && place.column >= 1)).toBe(true)
        expect(parsed.ok || parsed.faults.length > 0).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
