const SOUND = /^[\w.-]{8,64}$/

/** The id that whoever called gave the request, or a new one from `create`; what could not stand in a log is not taken over. */
export function requestIdOf(headers: Headers, { header, create }: { readonly header: string; readonly create: () => string }): string {
  const given = headers.get(header) ?? ''
  return SOUND.test(given) ? given : create()
}
