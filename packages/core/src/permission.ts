/** Where a permission that a token lacks is given to it, named as workflows name it; undefined: GitHub did not say which. */
export function sayPermission(needed: string | undefined): string {
  const what = needed === undefined ? 'the permission it lacks' : `the permission \`${needed.replaceAll('_', '-')}\``
  return `Give the token ${what}: in the workflow under the job’s \`permissions:\`, or in the settings of the App or token.`
}
