import type { Scalar } from 'yaml'
import { asMap, type Finding, findText, readSteps, type Rule, type YamlFile } from '../yaml-file.ts'
import { findExpressions, isUntrusted } from './untrusted.ts'

/** GitHub puts the value into the script's text before the shell or the interpreter reads it: what it holds runs. */
export const scripts: Rule = (file) =>
  readSteps(file).flatMap(({ map }) => {
    const uses = findText(file.document, map, 'uses')?.value ?? ''
    const given = /^actions\/github-script@/i.test(uses) ? asMap(file.document, map.get('with', true)) : undefined
    const found = [findText(file.document, map, 'run'), given && findText(file.document, given, 'script')]
    return found.flatMap((script) => (script === undefined ? [] : findInScript(file, script)))
  })

function findInScript(file: YamlFile, script: Scalar & { value: string }): readonly Finding[] {
  return findExpressions(script.value).map(({ expression }, index): Finding => {
    const offset = offsetInSource(file.text, script, index)
    const hint = 'Pass it through `env:` and use the variable: the value then stays a value.'
    if (isUntrusted(expression)) {
      return {
        code: 'script-injection',
        message: `\`${expression}\` is text that others write, put into a script as code`,
        hint,
        severity: 'error',
        offset,
      }
    }
    return { code: 'expression-in-script', message: `\`${expression}\` is put into the script as code`, hint, severity: 'warning', offset }
  })
}

/** Quotes and folding move text, but the n-th `${{` of the value is the n-th of the source. */
function offsetInSource(text: string, { range }: Scalar, index: number): number {
  const [from = 0, to = text.length] = range ?? []
  let found = from - 1
  for (let count = 0; count <= index; count += 1) found = text.indexOf('${{', found + 1)
  return found >= from && found < to ? found : from
}
