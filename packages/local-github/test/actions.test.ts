import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLab, type Lab } from './graphql-lab.ts'

const CD = `name: Deploy
run-name: Deploy \${{ inputs.version }} (\${{ inputs.correlation-id }})
on:
  workflow_dispatch:
    inputs:
      version: { required: true }
      correlation-id: { default: none }
      ring: { type: choice, options: [one, two] }
jobs: {}
`
const CI = 'on: push\njobs: {}\n'

let lab: Lab
beforeEach(async () => {
  lab = await openLab()
  await lab.world.commit({ repository: 'acme/app', files: { '.github/workflows/cd.yml': CD, '.github/workflows/ci.yml': CI } })
})
afterEach(() => lab.github.close())

interface Sent {
  readonly method?: string
  readonly body?: unknown
  readonly token?: string
  readonly version?: string
}

async function send(path: string, { method = 'GET', body, token = lab.token, version = '2022-11-28' }: Sent = {}) {
  const response = await fetch(`${lab.github.apiUrl}/repos/acme/app${path}`, {
    method,
    headers: { authorization: `bearer ${token}`, 'x-github-api-version': version },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

const dispatch = (body: unknown, workflow = 'cd.yml', token?: string) =>
  send(`/actions/workflows/${workflow}/dispatches`, { method: 'POST', body, ...(token === undefined ? {} : { token }) })

describe('a dispatch', () => {
  test('queues a run whose title its run-name makes of the inputs', async () => {
    const { status, body } = await dispatch({ ref: 'main', inputs: { version: '1.2', 'correlation-id': 'sw:1' }, return_run_details: true })
    expect(status).toBe(200)
    const run = await send(`/actions/runs/${body.workflow_run_id}`)
    expect(run.body).toMatchObject({
      display_title: 'Deploy 1.2 (sw:1)',
      event: 'workflow_dispatch',
      status: 'queued',
      head_branch: 'main',
      path: '.github/workflows/cd.yml',
    })
  })

  test.each([
    ['a ref that is not there', { ref: 'gone', inputs: { version: '1' } }, 'No ref found for: gone'],
    ['an input that is not declared', { ref: 'main', inputs: { version: '1', other: 'x' } }, 'Unexpected inputs provided: ["other"]'],
    ['a required input left out', { ref: 'main' }, "Required input 'version' not provided"],
    [
      'a choice that is none',
      { ref: 'main', inputs: { version: '1', ring: 'three' } },
      "Provided value 'three' for input 'ring' not in the list of allowed values",
    ],
    ['inputs that are too large', { ref: 'main', inputs: { version: 'x'.repeat(65_536) } }, 'inputs are too large.'],
  ])('with %s is refused in GitHub’s words', async (_, body, message) => {
    expect(await dispatch(body)).toMatchObject({ status: 422, body: { message } })
    expect((await send('/actions/runs')).body.total_count).toBe(0)
  })

  test('needs the trigger, an enabled workflow and the permission', async () => {
    expect(await dispatch({ ref: 'main' }, 'ci.yml')).toMatchObject({
      status: 422,
      body: { message: "Workflow does not have 'workflow_dispatch' trigger" },
    })
    await send('/actions/workflows/cd.yml/disable', { method: 'PUT' })
    expect(await dispatch({ ref: 'main', inputs: { version: '1' } })).toMatchObject({ status: 422 })
    const reader = lab.world.createToken({ kind: 'job', repository: 'acme/app', permissions: { actions: 'read' } })
    expect(await dispatch({ ref: 'main', inputs: { version: '1' } }, 'cd.yml', reader)).toMatchObject({ status: 403 })
    expect(await dispatch({ ref: 'main' }, 'none.yml')).toMatchObject({ status: 404 })
  })

  test('is refused for asking after the run where the server is too old to know', async () => {
    lab.github.behaviour.knowsRunDetails = false
    expect(await dispatch({ ref: 'main', inputs: { version: '1' }, return_run_details: true })).toMatchObject({ status: 400 })
    expect(await dispatch({ ref: 'main', inputs: { version: '1' } })).toMatchObject({ status: 204 })
  })
})

test('a title sees typed inputs, the payload, the run’s number and variables', async () => {
  const text = `run-name: "\${{ inputs.dry && 'dry' || 'wet' }} \${{ github.event.inputs.dry }} #\${{ github.run_number }} \${{ vars.RING }}"
on: { workflow_dispatch: { inputs: { dry: { type: boolean, default: false } } } }
jobs: {}
`
  await lab.world.commit({ repository: 'acme/app', files: { '.github/workflows/title.yml': text } })
  lab.world.setVariable({ organization: 'acme', name: 'ring', value: 'outer' })
  lab.world.setVariable({ repository: 'acme/app', name: 'RING', value: 'inner' })
  const { body } = await dispatch({ ref: 'main', return_run_details: true }, 'title.yml')
  expect((await send(`/actions/runs/${body.workflow_run_id}`)).body.display_title).toBe('wet false #1 inner')
})

test('a file that does not parse is refused as such', async () => {
  await lab.world.commit({ repository: 'acme/app', files: { '.github/workflows/cd.yml': 'on: [\n' } })
  expect((await dispatch({ ref: 'main' })).body.message).toMatch(/^failed to parse workflow/)
})

test('twenty-six inputs are one too many', async () => {
  const inputs = Array.from({ length: 26 }, (_, at) => `i${at}: {}`).join(', ')
  const text = `on: { workflow_dispatch: { inputs: { ${inputs} } } }\njobs: {}\n`
  await lab.world.commit({ repository: 'acme/app', files: { '.github/workflows/cd.yml': text } })
  expect(await dispatch({ ref: 'main' })).toMatchObject({ status: 422, body: { message: expect.stringContaining('up to 25 inputs') } })
})

test('from version 2026-03-10 on a dispatch always tells its run', async () => {
  const { status, body } = await send('/actions/workflows/cd.yml/dispatches', {
    method: 'POST',
    body: { ref: 'main', inputs: { version: '1' } },
    version: '2026-03-10',
  })
  expect([status, typeof body.workflow_run_id]).toEqual([200, 'number'])
})

test('a payload over 65,535 characters is refused', async () => {
  const body = { event_type: 'go', client_payload: { text: 'x'.repeat(65_536) } }
  expect(await send('/dispatches', { method: 'POST', body })).toMatchObject({ status: 422 })
})

describe('runs', () => {
  test('are filtered as GitHub filters them', async () => {
    lab.github.clock.advance(60_000)
    const since = lab.github.clock.moment()
    await dispatch({ ref: 'main', inputs: { version: '1' } })
    const push = await lab.world.startRun({ repository: 'acme/app', workflow: 'ci.yml' })
    await lab.world.completeRun(push.id, 'failure')
    const count = async (query: string): Promise<number> => (await send(`/actions/runs?${query}`)).body.total_count
    expect(await count('')).toBe(2)
    expect(await count('event=push')).toBe(1)
    expect(await count('status=failure')).toBe(1)
    expect(await count('status=queued')).toBe(1)
    expect(await count('branch=other')).toBe(0)
    expect(await count(`created=${encodeURIComponent(`>=${since}`)}`)).toBe(2)
    expect(await count(`created=${encodeURIComponent(`<${since}`)}`)).toBe(0)
    expect((await send('/actions/workflows/ci.yml/runs')).body.total_count).toBe(1)
  })

  test('of one day are found by its bare date', async () => {
    await lab.world.startRun({ repository: 'acme/app', workflow: 'ci.yml' })
    const today = lab.github.clock.moment().slice(0, 10)
    const count = async (created: string): Promise<number> =>
      (await send(`/actions/runs?created=${encodeURIComponent(created)}`)).body.total_count
    expect(await Promise.all([today, `<=${today}`, `>=${today}`, `>${today}`, `<${today}`, `${today}..${today}`].map(count))).toEqual([
      1, 1, 1, 0, 0, 1,
    ])
  })

  test('end once, and run again only when they have ended', async () => {
    const run = await lab.world.startRun({ repository: 'acme/app', workflow: 'ci.yml' })
    expect(() => lab.world.rerun(run.id)).toThrow('has not ended')
    await lab.world.completeRun(run.id)
    await expect(lab.world.completeRun(run.id)).rejects.toThrow('has ended already')
  })

  test('keep their attempts apart', async () => {
    const run = await lab.world.startRun({ repository: 'acme/app', workflow: 'ci.yml' })
    expect((await send(`/actions/runs/${run.id}/attempts/1`)).body.status).toBe('in_progress')
    await lab.world.completeRun(run.id)
    lab.world.rerun(run.id)
    expect((await send(`/actions/runs/${run.id}/attempts/1`)).body).toMatchObject({ status: 'completed', conclusion: 'success' })
    expect((await send(`/actions/runs/${run.id}`)).body).toMatchObject({ status: 'in_progress', run_attempt: 2 })
  })

  test('announce their end with the whole payload', async () => {
    const seen: unknown[] = []
    lab.world.onEvent((event) => void seen.push([event.name, event.action]))
    const run = await lab.world.startRun({ repository: 'acme/app', workflow: 'ci.yml' })
    const payload = await lab.world.completeRun(run.id)
    await lab.world.events.settled()
    expect(seen).toEqual([
      ['workflow_run', 'requested'],
      ['workflow_run', 'completed'],
    ])
    expect(payload).toMatchObject({
      action: 'completed',
      workflow_run: { id: run.id, conclusion: 'success', path: '.github/workflows/ci.yml' },
    })
  })
})
