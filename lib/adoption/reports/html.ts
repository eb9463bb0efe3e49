import { markup } from '../../audit/reports/markup';
import { type Adoption, type AdoptionItem, type SeenObjects, VERDICTS } from '../adoption';
import { encryptionOf, sampleOf, TITLES, verdictLine } from './text';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}' +
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #ccc;overflow-wrap:anywhere}' +
  '.fail{color:#a30000}.pass{color:#0b6b2b}';

/** The same as a page that needs nothing from elsewhere; whatever the account says in it is escaped. */
export function renderAdoptionPage(adoption: Adoption): string {
  const { environment, bucket, region, account, imports, makes, items, objects, notAssessed, verdict } = adoption;
  const sections = VERDICTS.map((one) => ({
    title: TITLES[one],
    own: items.filter((item) => item.verdict === one),
  })).filter(({ own }) => own.length > 0);
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Taking over ${environment}</title><style>${STYLE}</style></head><body>
<h1>Taking over ${environment}</h1>
<p>${bucket} in ${region}, account ${account}${adoption.simulated ? '; a simulated account answered' : ''}</p>
<p class="${verdict}"><strong>${verdictLine(adoption)}</strong></p>
<p>Imported: ${imports.join(', ') || 'nothing'}. Made: ${makes.join(', ') || 'nothing'}.</p>
${sections.map(({ title, own }) => markup`<h2>${title}</h2>${table(own)}`)}
${objects === undefined ? [] : [objectSection(objects)]}
<h2>Not assessed</h2><ul>${notAssessed.map((one) => markup`<li>${one}</li>`)}</ul>
</body></html>
`;
  return page.text;
}

function table(items: readonly AdoptionItem[]) {
  return markup`<table><thead><tr><th scope="col">What</th><th scope="col">Today</th><th scope="col">Afterwards</th><th scope="col">Which means</th></tr></thead><tbody>${items.map(
    ({ id, was, is, detail, accepted }) =>
      markup`<tr><td>${id}</td><td>${was}</td><td>${is}</td><td>${detail}${accepted ? ` (accepted by ${accepted.owner} until ${accepted.expires})` : ''}</td></tr>`,
  )}</tbody></table>`;
}

function objectSection(objects: SeenObjects) {
  return markup`<h2>Objects</h2><p>${sampleOf(objects)}</p>
<table><thead><tr><th scope="col">Looked at</th><th scope="col">Encrypted with</th></tr></thead><tbody>${objects.groups.map(
    (group) => markup`<tr><td>${String(group.count)}</td><td>${encryptionOf(group)}</td></tr>`,
  )}</tbody></table>`;
}
