import type { ProofEvidence, ProofItem, Restriction } from '../../permission-proof/proof';
import { type Markup, markup } from '../markup';
import { shapesOf } from './shapes';

const ROLE = 'the role';

/** Actions that are allowed on the same resources, in the same circumstances and by the same statements. */
interface Block {
  readonly evidence: ProofEvidence;
  readonly actions: readonly string[];
}

/** What the role may do: its actions down, the kinds of resource across, and in which circumstances alone. */
export function actionMatrix(permissions: readonly ProofItem[]): Markup | undefined {
  const items = permissions.filter(({ evidence }) => evidence.caller === ROLE && evidence.actions.length > 0);
  if (items.length === 0) return undefined;
  const shapes = shapesOf(items);
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="What the role may do"><table class="matrix">
<caption>What the role may do <small>Everything that is not marked is refused.</small></caption>
<thead><tr><th scope="col">Action</th>${shapes.map((shape) => markup`<th scope="col" class="cell">${shape}</th>`)}<th scope="col">Only if</th><th scope="col">Because of</th></tr></thead>
${blocksOf(items).map((block) => blockRows(block, shapes))}</table></div>
`;
}

function blocksOf(items: readonly ProofItem[]): readonly Block[] {
  const blocks = new Map<string, Block>();
  for (const { evidence } of items) {
    const key = JSON.stringify([evidence.on, evidence.onlyIf, evidence.by]);
    const actions = [...(blocks.get(key)?.actions ?? []), ...evidence.actions];
    blocks.set(key, { evidence, actions });
  }
  return [...blocks.values()];
}

function blockRows({ evidence, actions }: Block, shapes: readonly string[]): Markup {
  const { on, onlyIf, by } = evidence;
  const cells = shapes.map((shape) => yesOrNo(on.includes(shape)));
  const reasons = [onlyIf.map(describe), by.map(({ policy, statement }) => `${statement} of ${policy}`)];
  const spanning = reasons.map((lines) => markup`<td class="why" rowspan="${actions.length}">${lines.map(line)}</td>`);
  const rows = actions.map(
    (action, index) =>
      markup`<tr><th scope="row"><code>${action}</code></th>${cells}${index === 0 ? spanning : undefined}</tr>
`,
  );
  return markup`<tbody>${rows}</tbody>
`;
}

function yesOrNo(isAllowed: boolean): Markup {
  const [kind, sign, word] = isAllowed ? ['yes', '●', 'allowed'] : ['no', '·', 'refused'];
  return markup`<td class="cell ${kind}"><span aria-hidden="true">${sign}</span><span class="unseen">${word}</span></td>`;
}

function describe({ facet, only }: Restriction): string {
  return `${facet}: ${only.join(' or ')}`;
}

function line(text: string): Markup {
  return markup`<span>${text}</span>`;
}
