/** What a spreadsheet takes for the beginning of a formula, in either width. Source: OWASP, "CSV Injection". */
const FORMULA = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/

/** A cell's text so that no spreadsheet computes it: with `'` in front where it could be a formula, or is guarded already. */
export function guardFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** What `guardFormula` was given. A text that no guard stands before is taken as it is. */
export function unguardFormula(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text
}
