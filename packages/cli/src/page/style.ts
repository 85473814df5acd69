/** One style for light and dark; nothing is fetched. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --good: #1a7f37; --bad: #cf222e; --hold: #9a6700; --dim: #59636e; --link: #0969da; --line: #8884; --soft: #8881 }
@media (prefers-color-scheme: dark) { :root { --good: #3fb950; --bad: #f85149; --hold: #d29922; --dim: #9198a1; --link: #4493f8 } }
body { margin: 0 } main { max-width: 70rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1 { margin: 0 0 .25rem; font-size: 1.6rem } h2 { margin: 2.5rem 0 .75rem; font-size: 1.2rem } h3 { margin: 1.8rem 0 .6rem; font-size: 1.05rem } .run h3 { margin: 0 }
.chapter { border-top: 2px solid var(--line); margin-top: 3rem } .chapter h2 { font-size: 1.35rem; margin-top: 1.6rem } .contents li { margin: .3rem 0 }
.said { border: 1px solid var(--line); border-radius: .6rem; padding: .2rem 1.1rem .6rem } .said h3 { margin: .9rem 0 .5rem } .said details { margin: .5rem 0 } .said summary { cursor: pointer } .said li:has(> input[type=checkbox]) { list-style: none } .said details pre { max-height: 24rem; overflow-y: auto }
.lead { margin: 0 0 1rem; color: var(--dim) } .dim { color: var(--dim); font-weight: normal } p.dim { margin: .1rem 0 .6rem; font-size: .9rem; overflow-wrap: anywhere }
.graph { overflow-x: auto; padding: .5rem 0 } svg text { fill: currentColor; font: 13px system-ui, sans-serif } svg .name { font-weight: 600; font-size: 15px } svg .small { opacity: .7 }
.box rect { fill: var(--soft); stroke: var(--line) } .box .state { fill: var(--dim); stroke: none }
.box.success .state { fill: var(--good) } .box.failure .state, .box.startup_failure .state { fill: var(--bad) } .box.cancelled .state { fill: var(--hold) }
.arrow { fill: none; stroke: var(--dim); stroke-width: 1.5 } .likely { stroke-dasharray: 5 4 } marker path { fill: var(--dim) }
.run { border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1.1rem; margin: 0 0 1rem }
.lead .success { color: var(--good) } .lead .failure, .lead .startup_failure { color: var(--bad) } .lead .cancelled { color: var(--hold) }
a { color: var(--link) } .graph p.dim { margin: .4rem 0 0 .5rem } .graph a { color: inherit }
.runs td { vertical-align: middle; white-space: nowrap } .runs .title { white-space: normal; overflow-wrap: anywhere; min-width: 12rem } .runs .time { text-align: right } .runs .jobs { letter-spacing: .05em }
.run:target { border-color: var(--link) }
.job { margin: .3rem 0 } .job.bare { margin-left: 1.05rem } p.step.bare { margin-left: 2.4rem } .job > summary, .step > summary { cursor: pointer } .job .step { margin: .15rem 0 .15rem 1.4rem; font-size: .92rem }
.mark { display: inline-block; width: 1.1em; text-align: center; font-weight: 700; color: var(--dim) } .mark.success { color: var(--good) }
.mark.failure, .mark.startup_failure { color: var(--bad) } .mark.cancelled { color: var(--hold) }
pre { background: var(--soft); border-radius: .5rem; padding: .7rem .9rem; overflow-x: auto; font: .8rem/1.45 ui-monospace, monospace; margin: .3rem 0 }
code { font: .88em ui-monospace, monospace; background: var(--soft); border-radius: .25rem; padding: .1rem .3rem } pre code { background: none; padding: 0 }
pre .group { font-weight: 600 } pre .error { color: var(--bad) } pre .warning { color: var(--hold) } pre .debug { opacity: .6 } pre .added { color: var(--good) }
.summary, .part > :not(h2) { font-size: .95rem } .summary { border-left: 3px solid var(--line); padding: .1rem 0 .1rem 1rem; margin: .6rem 0 }
.summary h1, .summary h2, .part h1 { font-size: 1.1rem; margin: .6rem 0 } .reasons { color: var(--bad); margin: .3rem 0; padding-left: 2.4rem; font-size: .92rem; overflow-wrap: anywhere }
.summary details { margin: .6rem 0 }
table { border-collapse: collapse; margin: .6rem 0; display: block; overflow-x: auto } th, td { border: 1px solid var(--line); padding: .3rem .7rem; text-align: left; vertical-align: top }
`
