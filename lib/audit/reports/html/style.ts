import { Markup } from '../markup';

/** The style sheet of the page. Pairs of text and ground have a contrast of 4.5 to 1 or more, in both schemes. */
export const STYLE = new Markup(`
:root {
  color-scheme: light dark;
  --ground: #faf9f6; --surface: #ffffff; --ink: #1d2530; --quiet: #535d6d; --line: #e2dfd8; --link: #1d5a8c;
  --fail: #9d1f28; --fail-ground: #fbecea; --unknown: #744b00; --unknown-ground: #fcf2dc;
  --waived: #474b90; --waived-ground: #eeeef9; --pass: #17603c; --pass-ground: #e8f4ed;
  --plain: #535d6d; --plain-ground: #f1f0ec;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #13161b; --surface: #1a1f26; --ink: #e5e8ed; --quiet: #a5afbc; --line: #2f3741; --link: #8cc3f2;
    --fail: #ff9d96; --fail-ground: #381d1f; --unknown: #f0c46c; --unknown-ground: #332a15;
    --waived: #b9bcf7; --waived-ground: #262848; --pass: #84d4a9; --pass-ground: #17302a;
    --plain: #a5afbc; --plain-ground: #252b33;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.6 var(--sans); overflow-wrap: anywhere; }
.page { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem 4rem; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999rem; top: .5rem; padding: .5rem 1rem; background: var(--surface); z-index: 1; }
.skip:focus { left: .5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
code { font: .86em/1.5 var(--mono); }
h1 { font-size: clamp(1.9rem, 5vw, 2.75rem); line-height: 1.15; letter-spacing: -.02em; margin: 0; font-weight: 650; }
h2 { font-size: 1.45rem; line-height: 1.3; letter-spacing: -.01em; margin: 0 0 .35rem; font-weight: 650; }
h3 { font-size: 1.06rem; margin: 2rem 0 .75rem; font-weight: 650; }
h4, h5 { font-size: .8rem; margin: 1.1rem 0 .3rem; color: var(--quiet); font-weight: 600; }
p { margin: 0 0 .75rem; }
section { margin-top: 3.5rem; }
section > p { color: var(--quiet); max-width: 46rem; }
header { padding: 3rem 0 1.5rem; }
.over { color: var(--quiet); margin: 0 0 .25rem; }
.verdict { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin: 1.25rem 0; font-size: 1.1rem; }
.mark { display: inline-flex; align-items: center; gap: .45em; padding: .1em .7em .1em .55em; border-radius: 2em;
  font-size: .85rem; font-weight: 600; white-space: nowrap; color: var(--plain); background: var(--plain-ground); }
.verdict .mark { font-size: 1.15rem; padding: .25em .9em .25em .7em; }
.fail { --tone: var(--fail); --tone-ground: var(--fail-ground); }
.unknown { --tone: var(--unknown); --tone-ground: var(--unknown-ground); }
.waived { --tone: var(--waived); --tone-ground: var(--waived-ground); }
.pass { --tone: var(--pass); --tone-ground: var(--pass-ground); }
.inherited, .not-applicable, .none { --tone: var(--plain); --tone-ground: var(--plain-ground); }
.mark.fail, .mark.unknown, .mark.waived, .mark.pass { color: var(--tone); background: var(--tone-ground); }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .9rem 2rem; margin: 1.5rem 0 0; }
dl.facts dt { color: var(--quiet); font-size: .8rem; }
dl.facts dd { margin: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.4rem; list-style: none; margin: 0; padding: .9rem 0;
  border-block: 1px solid var(--line); font-size: .93rem; }
.bar { display: flex; height: .75rem; gap: 2px; border-radius: 1rem; overflow: hidden; margin: 1.25rem 0 .9rem; }
.bar span { background: var(--tone); min-width: 4px; }
ul.counts { display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; list-style: none; padding: 0; margin: 0; }
ul.counts b { color: var(--tone); font-variant-numeric: tabular-nums; }
.card, details.finding { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.card { padding: 1.1rem 1.25rem; margin: 1rem 0; }
.card > h3 { margin-top: 0; }
details.finding { margin: .4rem 0; border-inline-start: 4px solid var(--tone); }
details.finding > summary { padding: .7rem 1rem; display: grid; grid-template-columns: auto 1fr auto; gap: .1rem .7rem; align-items: baseline; }
details.finding:not([open]) > summary { padding-block: .4rem; }
#others details.finding { margin: -1px 0 0; border-radius: 3px; }
#others details.finding > summary h4 { font-size: .95rem; font-weight: 500; }
details.finding > summary::before { content: "▸" / ""; color: var(--quiet); }
details.finding[open] > summary::before { content: "▾" / ""; }
details.finding > summary:hover h4 { text-decoration: underline; text-underline-offset: .2em; }
summary::-webkit-details-marker { color: var(--quiet); }
details.finding > summary h4 { display: inline; margin: 0; font-size: 1rem; color: var(--ink); }
details.finding > summary code { grid-column: 2 / -1; color: var(--quiet); }
details.finding > div { padding: .1rem 1.2rem 1rem 2.4rem; border-top: 1px solid var(--line); }
details.finding > div > p:first-child { margin: .8rem 0; font-size: 1.02rem; }
summary { cursor: pointer; border-radius: 8px; list-style-position: inside; }
details.more { margin: 1rem 0; }
details.more > summary { color: var(--link); width: fit-content; }
dl.evidence { margin: 0; display: grid; gap: .4rem; }
dl.evidence > div { background: var(--plain-ground); border-radius: 6px; padding: .4rem .7rem; }
dl.evidence dt { color: var(--quiet); }
dl.evidence dd { margin: 0; white-space: pre-wrap; }
ul.ids { display: flex; flex-wrap: wrap; gap: .3rem .5rem; list-style: none; margin: .2rem 0 .8rem; padding: 0; font-size: .85rem; }
ul.ids li { border: 1px solid var(--line); border-radius: 5px; padding: 0 .45rem; }
ul.codes { columns: 16rem; list-style: none; padding: 0; margin: .3rem 0 1rem; }
.scroll { position: relative; overflow-x: auto; margin: .75rem 0; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; overflow-wrap: normal; }
caption { text-align: start; padding: .9rem 1rem .5rem; font-weight: 650; font-size: 1rem; }
caption small { display: block; color: var(--quiet); font-weight: 400; font-size: .86rem; }
th, td { text-align: start; vertical-align: top; padding: .5rem .8rem; border-top: 1px solid var(--line); }
thead th { color: var(--quiet); font-weight: 600; font-size: .8rem; vertical-align: bottom; }
tbody th { font-weight: 500; }
td code, th code { overflow-wrap: anywhere; }
table.matrix td.cell, table.matrix th.cell { text-align: center; }
table.matrix th[scope=row] { position: sticky; left: 0; background: var(--surface); }
table.matrix td.yes { background: var(--pass-ground); color: var(--pass); font-weight: 600; box-shadow: inset 0 0 0 2px var(--surface); border-radius: 6px; }
table.matrix td.wrong { background: var(--fail-ground); color: var(--fail); font-weight: 600; box-shadow: inset 0 0 0 2px var(--surface); border-radius: 6px; }
table.matrix td.no { color: var(--quiet); }
table.matrix th code { white-space: nowrap; overflow-wrap: normal; }
table.matrix tbody + tbody { border-top: 2px solid var(--line); }
table.matrix td.why { min-width: 12.5rem; border-inline-start: 1px solid var(--line); color: var(--quiet); font-size: .84rem; }
table.matrix td.why span { display: block; }
figure { margin: 1rem 0; }
figure svg { display: block; width: 100%; height: auto; margin: 0 auto; }
figure svg.wide { max-width: 56rem; } figure svg.narrow { display: none; max-width: 26rem; }
figcaption { color: var(--quiet); font-size: .88rem; margin-top: .75rem; }
svg text { font: 13px var(--sans); fill: var(--ink); }
svg .title { font-weight: 650; font-size: 14.5px; } svg .quiet { fill: var(--quiet); font-size: 12px; }
svg .name { fill: var(--quiet); font: 11.5px var(--mono); }
svg .account { fill: none; stroke: var(--line); stroke-width: 1.5; stroke-dasharray: 5 5; }
svg .box { fill: var(--surface); stroke: var(--line); stroke-width: 1.25; }
svg .flow { fill: none; stroke: var(--quiet); stroke-width: 1.6; } svg .head { fill: var(--quiet); }
svg .dot { fill: var(--tone-ground); stroke: var(--tone); stroke-width: 1.2; } svg .none .dot { stroke: none; fill: var(--line); }
svg .sign { fill: var(--tone); font-size: 10px; font-weight: 700; text-anchor: middle; }
footer { margin-top: 4rem; padding-top: 1.25rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .88rem; }
@media (max-width: 40rem) {
  .page { padding-inline: 1rem; }
  header { padding-top: 1.75rem; }
  details.finding > summary { grid-template-columns: auto 1fr; }
  details.finding > div { padding-inline: 1rem; }
  details.finding > summary .mark { justify-self: start; grid-area: 1 / 1 / 1 / -1; }
  details.finding > summary::before { grid-area: 2 / 1; }
  details.finding > summary h4 { grid-area: 2 / 2; } details.finding > summary code { grid-area: 3 / 2; }
  figure.card { padding: .4rem .4rem .9rem; } figcaption { padding-inline: .6rem; }
  figure svg.wide { display: none; } figure svg.narrow { display: block; }
}
@media print {
  @page { margin: 15mm 14mm; }
  :root { --ground: #ffffff; }
  body { font-size: 9.5pt; line-height: 1.45; }
  .page { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  header { padding: 0 0 .5rem; } section { margin-top: 1.6rem; }
  h2, h3, h4, h5, summary, caption, thead { break-after: avoid; }
  details.finding, .card, tr, figure { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; display: block; }
  summary { list-style: none; }
  details.finding > summary { padding: .3rem .7rem; } details.finding > summary::before { content: none; }
  details.finding > summary { grid-template-columns: 1fr auto; } details.finding > summary code { grid-column: 1 / -1; }
  details.finding > div { padding: .1rem .7rem .4rem; } details.finding > div > p:first-child { margin: .3rem 0; font-size: 9.5pt; }
  h3 { margin: 1rem 0 .4rem; } h4, h5 { margin: .5rem 0 .1rem; } p { margin-bottom: .3rem; }
  ul.ids { font-size: 7.5pt; margin-bottom: .2rem; } ul.ids li { border: 0; padding: 0; } dl.evidence > div { padding: .15rem .5rem; }
  dl.evidence { font-size: 8pt; gap: .15rem; } dl.evidence > div { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem; }
  #others .act, #others h5, #others .over { display: none; }
  .scroll { overflow: visible; border-radius: 0; }
  table { font-size: 8.5pt; } th, td { padding: .25rem .45rem; } table.matrix td.why { min-width: 8.5rem; font-size: 7.5pt; }
  table.matrix th code { font-size: 7pt; } ul.codes { font-size: 7pt; columns: 4; margin: .1rem 0 .4rem; }
  table.matrix th[scope=row] { position: static; }
  a { color: inherit; text-decoration: none; }
  .mark, .bar span, td, svg, dl.evidence > div { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`);
