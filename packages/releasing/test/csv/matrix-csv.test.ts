import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MatrixRow, parseMatrixCsv, renderMatrixCsv } from '../../src/files.ts'
import { STEP_STATUSES } from '../../src/index.ts'

const steps = [
  { id: 'migrate', category: 'deploy', name: 'Migrate, all' },
  { id: 'restart', category: 'deploy', name: 'Same' },
  { id: 'restart-2', category: 'deploy', name: 'Same' },
  { id: 'smoke', category: 'verify', name: 'Smoke' },
] as const
const customers = [
  { cluster: 'eu-1', namespace: 'acme' },
  { cluster: 'eu-1', namespace: 'beta' },
]
const customSteps = new Map([['eu-1/beta', [{ id: 'own', category: 'deploy', name: 'Own' } as const]]])
const known = { file: 'm.csv', steps, customers, customSteps }
const HEAD = 'cluster,namespace,category,step,status,executed_at,executed_by,reason,notes\n'
const parse = (text: string) => parseMatrixCsv(text, known)
const faultsOf = (text: string) => {
  const parsed = parse(text)
  return parsed.ok ? [] : parsed.faults.map(({ place, code, message }) => [place?.line, place?.column, code, message])
}
const hintsOf = (text: string) => {
  const parsed = parse(text)
  return parsed.ok ? [] : parsed.faults.map(({ hint }) => hint)
}
const row = (words: Partial<MatrixRow>): MatrixRow => ({
  cluster: 'eu-1',
  namespace: 'acme',
  category: 'deploy',
  step: 'migrate',
  status: 'done',
  executedAt: undefined,
  executedBy: undefined,
  reason: undefined,
  notes: undefined,
  ...words,
})

describe('a sound matrix', () => {
  it('is read with its columns in any order, in any case, steps by id or by a name that is one step’s only', () => {
    const text =
      'Status,Step,Category,Namespace,CLUSTER ,notes\r\nDone,"Migrate, all",deploy,acme,eu-1,"a\nb"\r\npending,smoke,verify,beta,eu-1,\r\n'
    expect(parse(text)).toEqual({
      ok: true,
      rows: [row({ notes: 'a\nb' }), row({ namespace: 'beta', category: 'verify', step: 'smoke', status: 'pending' })],
    })
  })

  it('may name a customer’s own steps, for that customer alone', () => {
    expect(parse(`${HEAD}eu-1,beta,deploy,own,done,,,,\n`)).toEqual({ ok: true, rows: [row({ namespace: 'beta', step: 'own' })] })
    expect(faultsOf(`${HEAD}eu-1,acme,deploy,own,done,,,,\n`)).toEqual([[2, 18, 'unknown-step', 'There is no deploy step `own`.']])
  })

  it.each([
    ['2026-11-21', '2026-11-21T00:00:00.000Z'],
    ['2026-11-21T08:30Z', '2026-11-21T08:30:00.000Z'],
    ['2026-11-21 08:30:15+02:00', '2026-11-21T06:30:15.000Z'],
    ['2026-11-21T08:30:15.25Z', '2026-11-21T08:30:15.250Z'],
  ])('may write a time as %s', (written, time) => {
    expect(parse(`${HEAD}eu-1,acme,deploy,migrate,done,${written},,,\n`)).toEqual({
      ok: true,
      rows: [row({ executedAt: Date.parse(time) })],
    })
  })

  it('may be empty but for its header', () => {
    expect(parse(HEAD)).toEqual({ ok: true, rows: [] })
  })
})

describe('a header that is wrong is told alone', () => {
  it.each<[text: string, faults: readonly unknown[]]>([
    ['', [[1, 1, 'empty-file', 'The file holds nothing.']]],
    ['cluster;namespace;step\nx;y;z\n', [[1, 1, 'bad-separator', 'The columns are parted by semicolons.']]],
    [
      'clutser,namespace,category,step,status,notes,notes\nx\n',
      [
        [1, 1, 'missing-column', 'There is no column `cluster`.'],
        [1, 1, 'unknown-column', 'There is no column `clutser`.'],
        [1, 46, 'duplicate-column', 'The column `notes` is there twice.'],
      ],
    ],
    ['__proto__,cluster,namespace,category,step,status\n', [[1, 1, 'unknown-column', 'There is no column `__proto__`.']]],
    [`${','.repeat(100_000)}\n`, [[1, 1, 'too-many-columns', 'The first line names 100001 columns; there are 9.']]],
  ])('%#', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults)
  })

  it('with what was meant', () => {
    expect(hintsOf('cluster,namespace,category,step,status,executedby\n')).toEqual(['Did you mean `executed_by`?'])
  })
})

describe('what is wrong with rows is told at once', () => {
  it('each at its line and column', () => {
    const rows = [
      'eu-1,acme,deploy,migrate,done,,,,',
      'eu-1,acmee,deploy,migrate,done,,,,',
      'eu-1,acme,deploy,migrat,doen,,,,',
      'eu-1,acme,deplyo,migrate,done,,,,',
      'eu-1,acme,deploy,smoke,done,,,,',
      'eu-1,acme,deploy,Same,done,,,,',
      'eu-1,acme,deploy,migrate,skipped,,,why,',
      'eu-1,acme,deploy,restart,skipped,,,  ,',
      'eu-1,beta,deploy,restart,pending,2026-11-21,,,',
      'eu-1,beta,deploy,migrate,done',
      'eu-1,beta,verify,smoke,done,2026-02-30,,,',
    ]
    expect(faultsOf(`${HEAD}${rows.join('\n')}\n`)).toEqual([
      [3, 1, 'unknown-customer', 'The release has no customer `eu-1/acmee`.'],
      [4, 18, 'unknown-step', 'There is no deploy step `migrat`.'],
      [4, 25, 'unknown-status', 'There is no status `doen`.'],
      [5, 11, 'unknown-category', 'There is no category `deplyo`.'],
      [6, 18, 'unknown-step', 'There is no deploy step `smoke`.'],
      [7, 18, 'unknown-step', 'There is no deploy step `Same`.'],
      [8, 1, 'duplicate-cell', 'The step `migrate` of `eu-1/acme` stands in line 2 already.'],
      [9, 26, 'reason-missing', 'A skipped step needs a reason.'],
      [10, 26, 'pending-but-executed', 'A pending step was not carried out, but when, by whom or why is said.'],
      [11, 1, 'cell-count', 'The row has 5 cells, and the header 9.'],
      [12, 29, 'bad-time', '`2026-02-30` is no time: the calendar has no such day.'],
    ])
    expect(hintsOf(`${HEAD}${rows.join('\n')}\n`).slice(0, 6)).toEqual([
      'Did you mean `eu-1/acme`?',
      'Did you mean `migrate`?',
      'Did you mean `done`?',
      'Did you mean `deploy`?',
      'It is a verify step.',
      'Several go by this name; write the id: `restart`, `restart-2`.',
    ])
  })

  it.each([
    ['2026-11-21T08:30', 'it has no time zone'],
    ['21.11.2026', 'it is not written as in ISO 8601'],
    ['1763712000', 'it is not written as in ISO 8601'],
    ['1969-12-31', 'it is before 1970'],
    ['2026-11-21T25:00Z', 'the clock has no such time'],
  ])('the time %s: %s', (time, why) => {
    expect(faultsOf(`${HEAD}eu-1,acme,deploy,migrate,done,${time},,,\n`).map(([, , , message]) => message)).toEqual([
      `\`${time}\` is no time: ${why}.`,
    ])
  })

  it.each([
    [`,,,${'x'.repeat(60_000)}`, 'too-long'],
    [`,,${'x'.repeat(1_001)},`, 'too-long'],
    [`,${'x'.repeat(101)},,`, 'too-long'],
    [',"a\nb",,', 'hidden-character'],
    [',,,a\u202eb', 'hidden-character'],
    [',,,a\u0000', 'hidden-character'],
    [',,,\ud800', 'broken-text'],
  ])('a text that no record keeps: %#', (rest, code) => {
    expect(faultsOf(`${HEAD}eu-1,acme,deploy,migrate,done,${rest}\n`).map((fault) => fault[2])).toEqual([code])
  })

  it('quotes that break the rules are told with the rest', () => {
    expect(faultsOf(`${HEAD}eu-1,acme,deploy,mi"grate,done,,,,\n`)).toEqual([
      [2, 18, 'unknown-step', 'There is no deploy step `mi"grate`.'],
      [2, 20, 'stray-quote', 'A quote stands inside a cell.'],
    ])
    expect(faultsOf(`${HEAD}eu-1,acme,deploy,migrate,done,,,,"a\n`).map((fault) => fault[2])).toEqual(['unclosed-quote'])
  })

  it('a hundred at the most', () => {
    expect(faultsOf(`${HEAD}${'a,b,c,d,e,f,g,h,i\n'.repeat(10_000)}`)).toHaveLength(100)
  })
})

describe('a matrix that is too much', () => {
  const many = (count: number) => {
    const crowd = Array.from({ length: count }, (_, at) => ({ cluster: 'c', namespace: `n${at}` }))
    return parseMatrixCsv(renderMatrixCsv(crowd.map((customer) => row(customer))), { file: 'm.csv', steps, customers: crowd })
  }

  it('may have twenty thousand rows, and no more', () => {
    expect(many(20_000).ok).toBe(true)
    const parsed = many(20_001)
    expect(parsed.ok ? [] : parsed.faults.map(({ code }) => code)).toEqual(['file-too-large'])
  })

  it('in characters is refused unread', () => {
    expect(faultsOf(`${HEAD}${'x'.repeat(5_000_000)}`).map((fault) => fault[2])).toEqual(['file-too-large'])
  })
})

describe('a rendered matrix', () => {
  it('has a header and one line for each row, nothing that a spreadsheet computes', () => {
    const text = renderMatrixCsv([
      row({ executedAt: 0, executedBy: '-x', notes: '=HYPERLINK("a")' }),
      row({ status: 'skipped', reason: '@a, "b"' }),
    ])
    expect(text.split('\r\n')).toEqual([
      HEAD.trim(),
      'eu-1,acme,deploy,migrate,done,1970-01-01T00:00:00.000Z,\'-x,"","\'=HYPERLINK(""a"")"',
      'eu-1,acme,deploy,migrate,skipped,"","","\'@a, ""b""",""',
      '',
    ])
  })

  it('is read back as it was', () => {
    const text = fc
      .string({ unit: fc.constantFrom('a', 'ü', ',', '"', '\n', ' ', '=', '-', "'", '\t', '＋'), minLength: 1 })
      .filter((each) => each.trim() !== '')
    const line = fc.string({ unit: fc.constantFrom('a', '@', ',', '"', '=', "'"), minLength: 1 })
    const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
    const cell = fc.record({ customer: fc.constantFrom(...customers), step: fc.constantFrom(...steps) })
    const record = fc.record({
      status: fc.constantFrom(...STEP_STATUSES.filter((status) => status !== 'pending')),
      executedAt: maybe(fc.integer({ min: 0, max: 4_000_000_000_000 })),
      executedBy: maybe(line),
      reason: text,
      notes: maybe(text),
    })
    const rows = fc.uniqueArray(fc.tuple(cell, record), { selector: ([{ customer, step }]) => `${customer.namespace} ${step.id}` })
    fc.assert(
      fc.property(rows, (list) => {
        const given = list.map(([{ customer, step }, words]): MatrixRow => ({
          ...customer,
          category: step.category,
          step: step.id,
          ...words,
        }))
        expect(parse(renderMatrixCsv(given))).toEqual({ ok: true, rows: given })
      }),
    )
  })
})

it('whatever text it is given, it answers', () => {
  const part = fc.constantFrom(HEAD, 'eu-1,acme,deploy,migrate,done,,,,', '\n', ',', '"', 'x', '\r', '=')
  fc.assert(
    fc.property(
      fc.array(part).map((parts) => parts.join('')),
      (text) => {
        const parsed = parse(text)
        expect(parsed.ok || parsed.faults.length > 0).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
