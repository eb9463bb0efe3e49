import type { AdoptionItem, ObjectGroup, SeenObjects } from '../adoption';
import type { FoundObject } from '../found/found';
import { item, type Judge, readValue, type Sides, whenRead } from './judgement';
import { judgeListed } from './listed-objects';
import { type GroupUnderKey, isReadable } from './readable-objects';

/** Whether the role will be able to read the objects that were looked at, by the key that each is under. */
export const judgeObjects: Judge = (sides) =>
  whenRead('objects/read', sides.found.objects, (objects) => [
    ...groupsOf(objects).flatMap((group): readonly AdoptionItem[] => judgeGroup(group, sides)),
    ...judgeListed(sides, objects),
  ]);

/** The sample, for the report; `undefined` where it could not be listed. */
export function seenObjects({ found }: Sides): SeenObjects | undefined {
  const [versions, objects] = [readValue(found.versions), readValue(found.objects)];
  if (versions === undefined || objects === undefined) return undefined;
  const { listed, isCutOff } = versions;
  return { listedVersions: listed.length, isCutOff, sampled: objects.length, groups: groupsOf(objects) };
}

function groupsOf(objects: readonly FoundObject[]): readonly ObjectGroup[] {
  const groups = new Map<string, ObjectGroup>();
  for (const { key, ...stored } of objects) {
    const name = [stored.method, stored.keyArn, stored.bucketKey, stored.archive].join();
    const { count = 0, example = key } = groups.get(name) ?? {};
    groups.set(name, { ...stored, count: count + 1, example });
  }
  return [...groups.values()];
}

function judgeGroup(group: ObjectGroup, sides: Sides): readonly AdoptionItem[] {
  const { archive, count, example } = group;
  const is = `${count} of the objects that were looked at, as ${example}`;
  const ofKey = judgeEncrypted(group, is, sides);
  if (archive === undefined) return ofKey;
  const detail =
    'they are archived, and nobody reads them before a restore (aws s3api restore-object), which the role may not ask for';
  return [
    item(`objects/${archive}`, { verdict: 'loses', was: archive, is, detail }),
    ...ofKey.filter(({ verdict }) => verdict !== 'same'),
  ];
}

function judgeEncrypted(group: ObjectGroup, is: string, sides: Sides): readonly AdoptionItem[] {
  const { method, keyArn } = group;
  if (method === 'SSE-C') {
    const detail = 'whoever wrote them holds the key: the role cannot read them';
    return [item('objects/SSE-C', { verdict: 'loses', was: method, is, detail })];
  }
  if (keyArn === undefined) {
    const detail = 'S3 reads them for whoever may get them';
    return [item(`objects/${method}`, { verdict: 'same', was: method, is, detail })];
  }
  return [judgeUnderKey({ ...group, keyArn }, is, sides)];
}

function judgeUnderKey(group: GroupUnderKey, is: string, sides: Sides): AdoptionItem {
  const { method, keyArn, bucketKey } = group;
  const id = `objects/${keyArn}${bucketKey ? '' : '/without-bucket-key'}`;
  const told = { was: `${method}, ${keyArn}${bucketKey ? ', bucket key' : ''}`, is };
  if (isReadable(group, sides)) return item(id, { verdict: 'same', ...told, detail: 'the role can read them' });
  const { keyArns, environment } = sides.wanted;
  if (!keyArns.includes(keyArn)) {
    const detail = 'the role cannot read them: the key is neither the one in use nor a former one';
    const keep = { 'encryption.former': [...environment.encryption.former, keyArn] };
    return item(id, { verdict: 'loses', ...told, detail, keep });
  }
  const how = bucketKey
    ? 'its policies or that of the key refuse it'
    : 'they were written without a bucket key, under which alone the role may decrypt; a copy over themselves mends that';
  return item(id, { verdict: 'loses', ...told, detail: `the role cannot read them: ${how}` });
}
