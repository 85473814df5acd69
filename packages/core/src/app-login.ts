/** Whether a login is an app's: GitHub lets nobody else have one with brackets. */
export function isAppLogin(login: string): boolean {
  return login.endsWith('[bot]')
}
