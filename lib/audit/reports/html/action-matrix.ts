import type { ProofItem, Restriction } from '../../permission-proof/proof';
import { type Markup, markup } from '../markup';
import { type AccessState, accessCell, accessState } from './access-cell';
import { isAbout, shapesOf } from './shapes';
import { statementText } from './statement-text';

const ROLE = 'the role';

/** Facts about one action; actions with the same facts share a block of the table. */
interface Row {
  readonly states: readonly AccessState[];
  readonly onlyIf: readonly string[];
  readonly by: readonly string[];
}

/** The role's permissions: actions down, kinds of resource across, and the circumstances that they need. */
export function actionMatrix(permissions: readonly ProofItem[]): Markup | undefined {
  const items = permissions.filter(({ evidence }) => evidence.caller === ROLE && evidence.actions.length > 0);
  if (items.length === 0) return undefined;
  const shapes = shapesOf(items);
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="What the role may do"><table class="matrix">
<caption>What the role may do <small>Everything that is not marked is refused. ✕ is not as it must be.</small></caption>
<thead><tr><th scope="col">Action</th>${shapes.map((shape) => markup`<th scope="col" class="cell">${shape}</th>`)}<th scope="col">Only if</th><th scope="col">Because of</th></tr></thead>
${blocksOf(items, shapes).map(blockRows)}</table></div>
`;
}

function blocksOf(items: readonly ProofItem[], shapes: readonly string[]) {
  const blocks = new Map<string, { readonly row: Row; readonly actions: readonly string[] }>();
  for (const action of new Set(items.flatMap(({ evidence }) => evidence.actions))) {
    const row = rowOf(
      items.filter(({ evidence }) => evidence.actions.includes(action)),
      shapes,
    );
    const key = JSON.stringify(row);
    blocks.set(key, { row, actions: [...(blocks.get(key)?.actions ?? []), action] });
  }
  return [...blocks.values()];
}

function rowOf(items: readonly ProofItem[], shapes: readonly string[]): Row {
  const states = shapes.map((shape) => accessState(items.filter((item) => isAbout(item, shape))));
  const right = items.filter(({ result }) => result === 'pass');
  return {
    states,
    onlyIf: [
      ...unique(right.flatMap(({ evidence }) => evidence.onlyIf.map(describe))),
      ...(states.includes('wrong') ? ['✕: the claims above say what is wrong'] : []),
    ],
    by: unique(items.flatMap(({ evidence }) => evidence.by.map(statementText))),
  };
}

function blockRows({ row, actions }: ReturnType<typeof blocksOf>[number]): Markup {
  const cells = row.states.map((state) => accessCell(state));
  const spanning = [row.onlyIf, row.by].map(
    (lines) =>
      markup`<td class="why" rowspan="${actions.length}">${lines.map((line) => markup`<span>${line}</span>`)}</td>`,
  );
  const rows = actions.map(
    (action, index) =>
      markup`<tr><th scope="row"><code>${action}</code></th>${cells}${index === 0 ? spanning : undefined}</tr>
`,
  );
  return markup`<tbody>${rows}</tbody>
`;
}

function describe({ facet, only }: Restriction): string {
  return `${facet}: ${only.join(' or ')}`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
