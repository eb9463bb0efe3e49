import type { ProofItem } from '../../permission-proof/proof';
import { type Markup, markup } from '../markup';
import { accessCell, accessState } from './access-cell';
import { isAbout, shapesOf } from './shapes';

/** Everybody who was asked about, and on how many actions they may use each kind of resource. */
export function callerMatrix(permissions: readonly ProofItem[]): Markup {
  const shapes = shapesOf(permissions);
  const rows = callersOf(permissions).map((caller) => callerRow(caller, ofCaller(permissions, caller), shapes));
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Who may do something"><table class="matrix">
<caption>Who may do something <small>The number of actions that each may use, on each kind of resource. ✕ is not as it must be.</small></caption>
<thead><tr><th scope="col">Who</th>${shapes.map((shape) => markup`<th scope="col" class="cell">${shape}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>
`;
}

/** The actions behind the numbers. */
export function callerActions(permissions: readonly ProofItem[]): Markup {
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
