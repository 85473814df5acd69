/** Names what one command of a comment asks, for ever: it is carried out once, whichever run finds it. */
export function commandKey(ownSubject: string, { comment, index }: { readonly comment: number; readonly index: number }): string {
  return `${ownSubject} comment ${comment} ${index}`
}

/** Names that comments are handled with the command of this key. */
export function handledKey(commandKey: string): string {
  return `${commandKey} handled`
}
