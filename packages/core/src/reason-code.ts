/** How a code is called as the reason that an action ends with: `LEDGER_BUSY` is `ledger-busy`. */
export function toReasonCode(code: string): string {
  return code.toLowerCase().replaceAll('_', '-')
}

/** The same of codes that the compiler knows: with it a list of reasons is held complete. */
export type ReasonCodeOf<Code extends string> = Code extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}-${ReasonCodeOf<Tail>}`
  : Lowercase<Code>

/** The one of these reasons that a code stands for. */
export function findReasonCode<Reason extends string>(reasons: Readonly<Record<Reason, string>>, code: string): Reason | undefined {
  const isReason = (text: string): text is Reason => Object.hasOwn(reasons, text)
  const reason = toReasonCode(code)
  return isReason(reason) ? reason : undefined
}
