import type { Arguments } from '../arguments';
import { UnknownValue } from '../unknown-value';
import type { Follow, Trail } from './leads';
import { onlyLead } from './lone-lead';
import { LONE_DOCUMENT, type PlannedDocument, type ReadDocument } from './policy-documents';
import type { Standing } from './scopes';

/** A template that is a document and nothing else. */
export function documentIn(template: string, document: ReadDocument): string | UnknownValue | undefined {
  const address = LONE_DOCUMENT.exec(template)?.[1];
  const found = address === undefined ? undefined : document(address);
  return found === undefined || found instanceof UnknownValue ? found : found.text;
}

/** Where an expression of a policy stands, and the bucket that the policy is of. */
interface PlaceOfPolicy {
  readonly standing: Standing;
  readonly bucket: string | undefined;
}

/** The text of a policy that is a document and nothing else; what it is made of where it is more. */
export function policyText(
  expression: Arguments,
  { standing, bucket }: PlaceOfPolicy,
  { follow, document }: { readonly follow: Follow; readonly document: ReadDocument },
  assume: (said: string) => void,
): string | UnknownValue | undefined {
  const trail = follow(expression, standing);
  const lead = onlyLead(trail);
  if (lead === undefined || trail.hiddenIn.length > 0 || !lead.address.includes('data.')) return madeOf(trail);
  const found = document(lead.address, bucket);
  if (found instanceof UnknownValue) return found;
  assume(saidOf(lead.address, found));
  return found.text;
}

/** As in `data.x and nothing else, with 'resources' of 'Tls' as …`. */
function saidOf(address: string, { assumed }: PlannedDocument): string {
  const parts = [...new Set(assumed.map(({ part }) => part))].map((part) => {
    const texts = assumed.filter((one) => one.part === part).map(({ text }) => text);
    return `${part}: ${[...new Set(texts)].join(', ')}`;
  });
  return [`${address} and nothing else`, ...parts].join('; ');
}

function madeOf({ leads, hiddenIn }: Trail): UnknownValue | undefined {
  const names = [...new Set(leads.map(({ address, attribute }) => [address, attribute].filter(Boolean).join('.')))];
  const all = [...names, ...(hiddenIn.length > 0 ? ['local values'] : [])];
  return all.length === 0 ? undefined : new UnknownValue(`it is made of ${all.join(', ')} when it is applied`);
}
