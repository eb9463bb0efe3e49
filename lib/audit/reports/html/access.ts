import type { Proof, ProofItem } from '../../permission-proof/proof';
import type { AuditReport } from '../../report/audit-report';
import { type Markup, markup } from '../markup';
import { actionMatrix } from './action-matrix';
import { callerActions, callerMatrix } from './caller-matrix';
import { firstOf } from './first-of';
import { namedTable } from './named';
import { statementText } from './statement-text';

/** Who can do what, by the permission proof. */
export function access({ proof, access: recorded }: AuditReport): Markup {
  const named = recorded && namedTable(recorded);
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
