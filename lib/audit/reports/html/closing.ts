import type { AuditReport, BaselineComparison, VendorComparison } from '../../report/audit-report';
import { type Markup, markup } from '../markup';

/** Changes since an approved report. */
export function sinceBaseline({ resources, access, findings }: BaselineComparison): Markup {
  const rows = [
    ...changes(
      'Access gained',
      (access?.gained ?? []).map(({ id, accepted }) => (accepted ? `${id} (accepted)` : id)),
    ),
    ...changes(
      'Access lost',
      (access?.lost ?? []).map(({ id }) => id),
    ),
    ...changes('Resource added', resources.added),
    ...changes('Resource removed', resources.removed),
    ...changes('Resource changed', resources.changed),
    ...changes('Finding gained', findings.gained),
    ...changes('Finding lost', findings.lost),
  ];
  const unread =
    access === undefined
      ? markup`<p>Access could not be compared: policies of one of the two could not be read in full.</p>
`
      : undefined;
  return markup`${unread}${rows.length === 0 ? markup`<p>Nothing.</p>` : changeTable(rows)}`;
}

function changeTable(rows: readonly Markup[]): Markup {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Changes"><table>
<thead><tr><th scope="col">Change</th><th scope="col">What</th></tr></thead><tbody>${rows}</tbody></table></div>
`;
}

function changes(kind: string, ids: readonly string[]): readonly Markup[] {
  return ids.map(
    (id) => markup`<tr><th scope="row">${kind}</th><td><code>${id}</code></td></tr>
`,
  );
}

/** The policy that the vendor's documentation tells people to paste, beside this environment's. */
export function besideTheVendor({ policy, source, notGranted, onlyGrantedHere }: VendorComparison): Markup {
  return markup`<p>Compared with ${policy} (${sourceLink(source)}).</p>
<h3>Granted there and not here: ${notGranted.length}</h3>${codes(notGranted)}
<h3>Granted here and not there: ${onlyGrantedHere.length}</h3>${codes(onlyGrantedHere)}`;
}

function sourceLink(source: string): Markup {
  return source.startsWith('https://') ? markup`<a href="${source}" rel="noreferrer">${source}</a>` : markup`${source}`;
}

function codes(actions: readonly string[]): Markup {
  return markup`<ul class="codes">${actions.map((action) => markup`<li><code>${action}</code></li>`)}</ul>
`;
}

/** The inputs and the versions that read them, so that somebody else can repeat the audit. */
export function whatWasRead({ inputs }: AuditReport): Markup {
  const rows = inputs.map(
    ({
      kind,
      name,
      sha256,
    }) => markup`<tr><th scope="row">${kind}</th><td><code>${name}</code></td><td><code>${sha256}</code></td></tr>
`,
  );
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Files that were read"><table>
<thead><tr><th scope="col">Kind</th><th scope="col">File</th><th scope="col">SHA-256</th></tr></thead><tbody>${rows}</tbody></table></div>
`;
}
