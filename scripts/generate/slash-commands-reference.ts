import { COMMAND_FAULTS, MAX_COMMANDS, ROLES } from '@switchyard/commands'
import { renderTable } from '@switchyard/core'
import type { Generator } from './generator.ts'

const file = 'docs/reference/slash-commands.md'

/** The grammar of slash commands in words, with every code that a refusal can carry. */
export const slashCommandsReference: Generator = {
  name: 'slash commands',
  owns: [],
  files: () => Promise.resolve(new Map([[file, renderPage()]])),
}

function renderPage(): string {
  const faults = Object.entries(COMMAND_FAULTS).map(([code, meaning]) => [`\`${code}\``, meaning])
  return `<!-- Made by \`npm run generate\`. -->
# Slash commands

One grammar for every command of the toolkit. \`/help\` in a comment lists those that you may use.

## What is a command

A line of a comment that starts with \`/\` and the name of a family: \`/release\`, \`/step\`, \`/bootstrap\`. Up to three spaces may stand before it. Capital letters make no difference in families, second words and flags. Several commands may stand in one comment, one a line, ${MAX_COMMANDS} at most; they are done together, or none of them is. A comment that was edited is refused.

No command is what stands in a quote, a list item, a code block, indented code, \`<pre>\` or an HTML comment, and no \`/word\` that is not ours. One letter's slip (\`/relase\`) is answered with what was meant. A command directly below a quoted line is refused, since GitHub shows it as part of the quote: put an empty line between the two. So is one between a backtick on a line above and its partner on a line below.

## Words and flags

| written | read as |
| --- | --- |
| \`acme\`, \`it's\`, \`12"\` | one word; quotes count at its beginning only |
| \`"Acme Corp"\` | one word; \`\\"\` is a quote and \`\\\\\` a backslash |
| \`'Acme Corp'\` | one word, just as it stands |
| \`“Acme Corp”\`, \`‘Acme Corp’\` | the same: keyboards make these of straight quotes |
| \`--dry-run\` | a flag, anywhere on the line |
| \`--before build\`, \`--before=build\` | a flag with its value |
| \`—all\`, \`–all\` | \`--all\`, where the command has that flag; else plain text |
| \`-all\` | refused where the command has the flag \`--all\`; else plain text |
| \`--\` | what follows is no flag |

No-break spaces part words like other spaces. Zero-width characters are left out: what counts is what you see. Control characters, and characters that turn the direction of writing, are refused.

A note or a reason at the end of a line needs no quotes; it is taken as it was typed. Quotes around the whole of it are dropped.

A fenced code block directly below a command, or with empty lines between, belongs to it.

## Selectors

| written | stands for |
| --- | --- |
| \`eu-1/acme\` | the one at this address, \`cluster/namespace\`; \`*\` may stand in both parts |
| \`acme\` | the one with this name or namespace, if it is the only one |
| \`cluster:eu-*\` | all of these clusters |
| \`tag:canary\` | all with this tag |
| \`!acme\`, \`!"Acme Corp"\` | everybody named but this one |
| \`--all\` | everybody |

Each selector must match something, those with \`!\` too.

## Who may

\`.github/switchyard.yml\` on the default branch says which role a command needs (${ROLES.filter((role) => role !== 'none')
    .map((role) => `\`${role}\``)
    .join(', ')}):

\`\`\`yaml
# yaml-language-server: $schema=https://raw.githubusercontent.com/switchyard/switchyard/v1/schemas/switchyard.schema.json
commands:
  - command: release *
    role: maintain
  - command: step done
    selectors: ['cluster:prod-*']
    role: admin
accepts:
  - planning
\`\`\`

Of the rules that fit, the last one counts. With selectors, each of those whom the command concerns is looked at, and the strictest role is needed. Without a rule it is the command's own role, as \`/help\` shows it, else \`write\`. Some commands never go below a role of theirs. Your role is asked of GitHub when the command is executed; a role that your organisation made counts as the permission it was built upon. On a public repository everybody has \`read\`. A file with a fault refuses every command until it is mended.

\`accepts\` names the repositories that may create issues or pull requests here: \`owner/name\`, \`name\` of this owner, or \`owner/*\`.

## Refusals

Every refusal names the line and the column, says what is wrong and what to do, and carries one of these codes.

${renderTable(['code', 'meaning'], faults)}
`
}
