import type { AdoptionItem } from '../adoption';
import type { FoundObject, InventoryList } from '../found/found';
import type { ListedGroup } from '../found/inventory-list';
import { listsIn } from '../found/read-objects';
import { item, type Sides } from './judgement';

type Kind = Pick<ListedGroup, 'method' | 'bucketKey'>;

/** What S3 Inventory lists and nobody could look at: by which key each object is encrypted, only the object itself tells. */
export function judgeListed({ found }: Sides, objects: readonly FoundObject[]): readonly AdoptionItem[] {
  return listsIn(found.inventories).flatMap(({ writtenAt, groups }: InventoryList) =>
    groups
      .filter((group) => !objects.some((one) => isOfKind(one, group)))
      .map(({ count, keys, ...group }) =>
        item(`objects/listed/${groupInWords(group)}`, {
          verdict: 'unknown',
          was: groupInWords(group),
          detail: `S3 Inventory of ${writtenAt.toISOString().slice(0, 10)} lists ${count} of them, as ${keys[0] ?? ''}, and none could be looked at`,
        }),
      ),
  );
}

function isOfKind(object: FoundObject, { method, bucketKey }: Kind): boolean {
  const isAlike = bucketKey === undefined || !method.startsWith('aws:kms') || object.bucketKey === bucketKey;
  return object.method === method && isAlike;
}

export function groupInWords({ method, bucketKey }: Kind): string {
  if (!method.startsWith('aws:kms') || bucketKey === undefined) return method;
  return `${method} ${bucketKey ? 'with' : 'without'} bucket key`;
}
