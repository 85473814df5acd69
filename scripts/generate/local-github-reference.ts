import { describeEndpoints, mutationNames } from '@switchyard/local-github/reference'
import type { Generator } from './generator.ts'

const file = 'docs/reference/local-github.md'

/** What the embedded GitHub serves, from its own route table. */
export const localGitHubReference: Generator = {
  name: 'embedded GitHub',
  owns: [],
  files: () => Promise.resolve(new Map([[file, renderPage()]])),
}

function renderPage(): string {
  const rows = describeEndpoints().map(
    ({ method, path, operation, differs }) => `| \`${method} ${path}\` | ${operation} | ${differs ?? ''} |`,
  )
  return `<!-- Made by \`npm run generate\`. -->
# The embedded GitHub

What \`packages/local-github\` serves. Anything else answers 501 and names itself. Each endpoint was taken from GitHub's published OpenAPI description, by the operation named beside it; the tests hold every request and answer against it.

## REST

| endpoint | operation | known to differ |
| --- | --- | --- |
${rows.join('\n')}

## GraphQL

Documents are validated and executed on GitHub's own published schema; what that package lacks stands in \`src/graphql/supplement.graphql\`, each field with its source. A field that has no data here answers an error of the type \`NOT_IMPLEMENTED\` with its name. Mutations:

${mutationNames.map((name) => `- \`${name}\``).join('\n')}

## Git

\`GET /{owner}/{repo}.git/info/refs\`, \`git-upload-pack\` and \`git-receive-pack\` over smart HTTP, on real bare repositories that the API reads and writes, too. The token is the password of Basic authentication.

## Known to differ

- Nothing executes: a dispatched run stays queued until somebody ends it.
- Timestamps follow a clock that tests turn.
- The type of a GraphQL error for a commit that a ruleset refuses, and the words for a repeated path, are not published; they are marked in the code.
- Requests over 40 MB are not refused.
`
}
