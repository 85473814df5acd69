import { Option } from '@commander-js/extra-typings'
import { renderExamples, type RegisterCommand } from '../command.ts'
import { parseBranch, parseCount, parseLogin } from '../parse-arguments.ts'
import { RUN_ENDS } from '../run/run-ends.ts'

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

/** `switchyard run`: one event, and everything it causes. */
export const registerRun: RegisterCommand = (program, context) => {
  program
    .command('run')
    .summary('let an event happen, and run the workflows it starts')
    .description(
      'Pushes your repositories to an embedded GitHub, lets an event happen in one of them, and runs every workflow that it starts, ' +
        'there and elsewhere, to the end. Steps run on this machine; nothing is downloaded.',
    )
    .argument('<event>', 'push, workflow_dispatch, repository_dispatch, issues, issue_comment, pull_request, workflow_run or schedule')
    .option('--repos <folder>', 'a repository, or a folder of repositories', '.')
    .option('--repo <name>', 'the repository where the event happens, when there are several')
    .option('--owner <login>', 'the organisation that owns them', parseLogin, 'acme')
    .option('--actor <login>', 'whose doing the event is', parseLogin, 'maintainer')
    .option('--branch <name>', 'push, pull_request: the branch; workflow_run: the branch of the run that ended', parseBranch)
    .option('--tag <name>', 'push: a tag in place of a branch', parseBranch)
    .option('--workflow <file>', 'workflow_dispatch: what to start; workflow_run: what ended')
    .option('--ref <name>', 'workflow_dispatch: the branch or tag to start it on', parseBranch)
    .option('--input <name=value>', 'workflow_dispatch: an input; may be given again', collect)
    .option('--type <name>', 'repository_dispatch: its type')
    .option('--payload <file>', 'repository_dispatch: a JSON file')
    .option('--title <text>', 'issues, issue_comment, pull_request: the title; push: the commit’s message')
    .option('--body <text>', 'issues, issue_comment, pull_request: the text')
    .option('--label <name>', 'issues, issue_comment: a label of the issue; may be given again', collect)
    .addOption(new Option('--conclusion <name>', 'workflow_run: how the run ended').choices(RUN_ENDS))
    .option('--cron <text>', 'schedule: only this one')
    .option('--var <NAME=value>', 'a variable of the organisation; may be given again', collect)
    .option('--secret <NAME>', 'a secret of the organisation, its value taken from the environment; may be given again', collect)
    .option('--secrets-file <file>', 'secrets as NAME=value lines')
    .option('--action <owner/name=folder>', 'a folder that stands in for the repository of an action; may be given again', collect)
    .option('--runner-label <name>', 'a label of runs-on that this machine is to have; may be given again', collect)
    .option('--jobs <number>', 'how many jobs run at once; as many as there are processors, and at least 4, unless given', parseCount)
    .addOption(new Option('--minute <ms>', 'how long a minute of a time limit is').argParser(parseCount).hideHelp())
    .option('--log', 'print every line of every job')
    .option('--page <file>', 'write everything as a page to open')
    .option('--json', 'print the runs as JSON at the end')
    .addOption(new Option('--json-lines', 'print what happens as it does, one JSON object a line').conflicts('json'))
    .addHelpText(
      'after',
      renderExamples(
        'switchyard run push',
        'switchyard run push --repos examples/dispatch --repo source-app',
        'switchyard run workflow_dispatch --workflow cd.yml --input revision=abc123',
        "switchyard run issue_comment --body '/step done'",
      ),
    )
    .action(async (event, { input = [], label = [], secret = [], var: vars = [], action = [], runnerLabel = [], ...options }) => {
      const { runEvent } = await import('../run/run-event.ts')
      await runEvent({ event, ...options, input, label, secret, vars, action, runnerLabel }, context)
    })
}
