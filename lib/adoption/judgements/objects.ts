import { type KeyReader, mayDecrypt } from '../../audit/rule-kit/key-access';
import { ABSENT, type Answer, known, unknown } from '../../audit/stack/answer';
import { ToolkitError } from '../../errors';
import { type Policy, parsePolicy } from '../../iam';
import { kmsIdentityPolicy } from '../../policy/identity-policies';
import { dnsSuffix, isForeignRole } from '../../policy/resource-names';
import type { AdoptionItem, ObjectGroup, SeenObjects } from '../adoption';
import type { FoundObject } from '../found/found';
import type { Wanted } from '../wanted';
import { item, type Judge, readValue, type Sides, whenRead } from './judgement';
import { judgeListed } from './listed-objects';

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
  for (const { key, method, keyArn, bucketKey } of objects) {
    const name = [method, keyArn, bucketKey].join();
    const { count = 0, example = key } = groups.get(name) ?? {};
    groups.set(name, { method, ...(keyArn !== undefined && { keyArn }), bucketKey, count: count + 1, example });
  }
  return [...groups.values()];
}

function judgeGroup(group: ObjectGroup, sides: Sides): readonly AdoptionItem[] {
  const { method, keyArn, bucketKey, count, example } = group;
  const is = `${count} of the objects that were looked at, as ${example}`;
  if (method === 'SSE-C')
    return [
      item('objects/SSE-C', {
        verdict: 'loses',
        was: method,
        is,
        detail: 'whoever wrote them holds the key: the role cannot read them',
      }),
    ];
  if (keyArn === undefined)
    return [
      item(`objects/${method}`, { verdict: 'same', was: method, is, detail: 'S3 reads them for whoever may get them' }),
    ];
  const was = `${method}, ${keyArn}${bucketKey ? ', bucket key' : ''}`;
  const id = `objects/${keyArn}${bucketKey ? '' : '/without-bucket-key'}`;
  const isNamed = sides.wanted.keyArns.includes(keyArn);
  if (isReadable(group, sides)) return [item(id, { verdict: 'same', was, is, detail: 'the role can read them' })];
  if (!isNamed) {
    const { former } = sides.wanted.environment.encryption;
    return [
      item(id, {
        verdict: 'loses',
        was,
        is,
        detail: 'the role cannot read them: the key is neither the one in use nor a former one',
        keep: { 'encryption.former': [...former, keyArn] },
      }),
    ];
  }
  const how = bucketKey
    ? 'its policies or that of the key refuse it'
    : 'they were written without a bucket key, under which alone the role may decrypt; a copy over themselves mends that';
  return [item(id, { verdict: 'loses', was, is, detail: `the role cannot read them: ${how}` })];
}

/** As S3 asks KMS for one of them on behalf of the role. */
function isReadable({ keyArn = '', bucketKey, example }: ObjectGroup, { found, wanted }: Sides): boolean {
  const { policies, environment } = wanted;
  const reader: KeyReader = {
    address: 'aws_iam_role.vault',
    arn: policies.role.arn,
    policies: policiesOfRole(wanted),
    isComplete: true,
    ...(policies.role.boundary && { boundary: policies.role.boundary }),
  };
  const way = {
    'kms:ViaService': `s3.${wanted.region}.${dnsSuffix(environment)}`,
    'kms:EncryptionContext:aws:s3:arn': bucketKey ? policies.bucket.arn : `${policies.bucket.arn}/${example}`,
  };
  return mayDecrypt(keyArn, way, { reader, keyPolicy: keyPolicyOf(keyArn, wanted, found) });
}

/** For a role of another account, the policies that its owner attaches, as emit writes them. */
function policiesOfRole({ policies, environment, keyArns }: Wanted): readonly Policy[] {
  if (!isForeignRole(environment)) return policies.role.identity;
  if (keyArns.length === 0) return [];
  const document = kmsIdentityPolicy(environment, { former: keyArns });
  return [parsePolicy(JSON.stringify(document), 'kms-policy.json', { kind: 'identity' })];
}

/** The stack's policy for a key that is taken over, today's for any other. */
function keyPolicyOf(arn: string, { policies }: Wanted, { keys }: Sides['found']): Answer<Policy> {
  if (policies.key?.arn === arn && policies.key.policy !== undefined) return known(policies.key.policy);
  const document = keys.find((key) => key.arn === arn)?.policy.answer;
  if (document === undefined) return ABSENT;
  if (!document.ok || document.value === undefined) return unknown('it could not be read');
  try {
    return known(parsePolicy(document.value, 'key policy', { kind: 'resource' }));
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return unknown(error.message);
  }
}
