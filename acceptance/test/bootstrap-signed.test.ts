import { afterEach, expect, test } from 'vitest'
import { type BootstrapStage, createBootstrapStage } from '../src/index.ts'

let stage: BootstrapStage
afterEach(() => stage.close())

const INPUTS = { mode: 'create', owner: 'acme', name: 'shop', selections: 'add-ons: labels' }

test('where rules refuse unsigned commits, GitHub makes and signs the App’s commit', async () => {
  stage = await createBootstrapStage({
    template: { 'README.md': '# {{ repo.name }}\n', 'logo.bin': Buffer.from([0, 255, 1]), 'a/b.txt': 'b\n' },
  })
  stage.github.world.addOrganizationRuleset('acme', {
    name: 'signed',
    include: ['~DEFAULT_BRANCH'],
    rules: ['required_signatures'],
    repositories: ['sho*'],
  })
  const result = await stage.play({ credential: 'app', inputs: INPUTS })
  expect(result.outputs).toMatchObject({ 'reason-code': 'created', repository: 'acme/shop' })
  expect(await stage.git('acme/shop', 'ls-tree', '-r', '--name-only', 'main')).toBe(
    '.github/bootstrap.json\nREADME.md\na/b.txt\ndocs/adr/0001-no-sign-in.md\nlogo.bin',
  )
  expect(await stage.git('acme/shop', 'rev-list', '--count', 'main')).toBe('1')
  const head = await stage.git('acme/shop', 'rev-parse', 'main')
  expect(await stage.request('GET', `/repos/acme/shop/commits/${head}`)).toMatchObject({ commit: { verification: { verified: true } } })
})

test('a person’s token is told so before anything is written', async () => {
  stage = await createBootstrapStage()
  stage.github.world.addOrganizationRuleset('acme', { name: 'signed', include: ['~ALL'], rules: ['required_signatures'] })
  const result = await stage.play({ inputs: INPUTS })
  expect(result.outputs).toMatchObject({ 'reason-code': 'signatures-required' })
  expect(stage.github.world.findRepository('acme/shop')).toBeUndefined()
})
