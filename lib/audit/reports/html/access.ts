import type { Proof, ProofItem } from '../../permission-proof/proof';
import type { AuditReport } from '../../report/audit-report';
import { type Markup, markup } from '../markup';
import { accessCell, accessState } from './access-cell';
import { actionMatrix } from './action-matrix';
import { firstOf } from './first-of';
import { namedTable } from './named';
import { isAbout, shapesOf } from './shapes';
import { statementText } from './statement-text';

/** Who can do what, by the permission proof. */
export function access(report: AuditReport): Markup {
  const { proof } = report;
  const named = namedTable(report);
  if (proof === undefined) {
    return markup`<p class="card">Not proven: the policies could not be read in full. The findings say what was missing.</p>
${named}`;
  }
  const permissions = proof.items.filter(({ kind }) => kind === 'permission' || kind === 'nothing');
  const refusals = proof.items.filter(({ kind, result }) => kind === 'refusal' && result === 'pass');
  return markup`<p>${summaryOf(proof)}</p>
${wrongClaims(proof.items.filter(({ result }) => result === 'fail'))}${actionMatrix(permissions)}${callerMatrix(permissions)}${callerActions(permissions)}${named}${refusalTable(refusals)}`;
}

function summaryOf({ counts }: Proof): string {
  const [known, asked] = [counts.knownActions, counts.decisions].map((count) => count.toLocaleString('en'));
  return `Of ${known} actions that AWS knows, the role can use ${counts.usableActions}. ${asked} requests were evaluated against the policies; ${counts.pass} of ${counts.total} claims hold.`;
}

function wrongClaims(items: readonly ProofItem[]): Markup | undefined {
  if (items.length === 0) return undefined;
  const claims = items.map(
    ({ title, evidence }) => markup`<li><strong>${title}</strong><br>${evidence.problem}</li>
`,
  );
  return markup`<div class="card"><h3>${items.length} claims do not hold</h3>${firstOf(claims, 'ul')}</div>
`;
}

function refusalTable(items: readonly ProofItem[]): Markup | undefined {
  if (items.length === 0) return undefined;
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="What is refused"><table>
<caption>What is refused</caption>
<thead><tr><th scope="col">Act</th><th scope="col">Refused by</th></tr></thead>
<tbody>${items.map(refusalRow)}</tbody></table></div>
`;
}

function refusalRow({ title, evidence: { by } }: ProofItem): Markup {
  const statements = by.map(statementText).join(', ');
  return markup`<tr><th scope="row">${title}</th><td>${statements === '' ? 'nothing allows it' : markup`<code>${statements}</code>`}</td></tr>
`;
}

/** Everybody who was asked about, and on how many actions they may use each kind of resource. */
function callerMatrix(permissions: readonly ProofItem[]): Markup {
  const shapes = shapesOf(permissions);
  const rows = callersOf(permissions).map((caller) => callerRow(caller, ofCaller(permissions, caller), shapes));
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Who may do something"><table class="matrix">
<caption>Who may do something <small>The number of actions that each may use, on each kind of resource. ✕ is not as it must be.</small></caption>
<thead><tr><th scope="col">Who</th>${shapes.map((shape) => markup`<th scope="col" class="cell">${shape}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>
`;
}

/** The actions behind the numbers. */
function callerActions(permissions: readonly ProofItem[]): Markup {
  const items = permissions.filter(({ result, evidence }) => result === 'pass' && evidence.actions.length > 0);
  return markup`<details class="more"><summary>Every action behind these numbers</summary>
${callersOf(items).map(
  (caller) => markup`<h3>${caller}</h3>
${ofCaller(items, caller).map(actionsOf)}`,
)}</details>
`;
}

function callersOf(items: readonly ProofItem[]): readonly string[] {
  return [...new Set(items.map(({ evidence }) => evidence.caller))];
}

function ofCaller(items: readonly ProofItem[], caller: string): readonly ProofItem[] {
  return items.filter(({ evidence }) => evidence.caller === caller);
}

function callerRow(caller: string, items: readonly ProofItem[], shapes: readonly string[]): Markup {
  const cells = shapes.map((shape) => countCell(items.filter((item) => isAbout(item, shape))));
  return markup`<tr><th scope="row">${caller}</th>${cells}</tr>
`;
}

/** Access that is not as it must be is listed, since a number would say nothing. */
function countCell(items: readonly ProofItem[]): Markup {
  const state = accessState(items);
  if (state !== 'yes') return accessCell(state);
  return accessCell(state, new Set(items.flatMap(({ evidence }) => evidence.actions)).size);
}

function actionsOf({ evidence: { on, onlyIf, actions } }: ProofItem): Markup {
  const circumstances = onlyIf.map(({ facet, only }) => `${facet}: ${only.join(' or ')}`).join('; ');
  return markup`<h4>On ${on.join(', ')}${circumstances === '' ? '' : `, only if ${circumstances}`}</h4>
<ul class="codes">${actions.map((action) => markup`<li><code>${action}</code></li>`)}</ul>
`;
}
