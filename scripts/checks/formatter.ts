/** The formatter's command, which writes; with `--check` behind it, it only tells. What it is for stands in `.oxfmtrc.json`. */
export const formatter = ['node_modules/oxfmt/bin/oxfmt', 'acceptance', 'actions', 'bench', 'packages', 'scripts'] as const
