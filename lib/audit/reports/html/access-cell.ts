import type { ProofItem } from '../../permission-proof/proof';
import { type Content, type Markup, markup } from '../markup';

/** The result of the proof for an action, or a caller, on a kind of resource. */
export type AccessState = 'yes' | 'no' | 'wrong';

/** A claim that does not hold outweighs one that does: the access is then not what it must be. */
export function accessState(items: readonly ProofItem[]): AccessState {
  if (items.some(({ result }) => result === 'fail')) return 'wrong';
  return items.some(({ evidence }) => evidence.actions.length > 0) ? 'yes' : 'no';
}

interface Look {
  readonly sign: string;
  /** For those who do not see the sign. */
  readonly words: string;
}

const LOOKS: Readonly<Record<AccessState, Look>> = {
  yes: { sign: '●', words: 'allowed' },
  no: { sign: '·', words: 'refused' },
  wrong: { sign: '✕', words: 'not as it must be' },
};

/** A cell of a matrix; the text takes the place of the sign. */
export function accessCell(state: AccessState, text?: Content): Markup {
  const { sign, words } = LOOKS[state];
  const content = text ?? markup`<span aria-hidden="true">${sign}</span><span class="unseen">${words}</span>`;
  return markup`<td class="cell ${state}">${content}</td>`;
}
