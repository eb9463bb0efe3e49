import { type KeyReader, mayDecrypt } from '../../audit/rule-kit/key-access';
import { ABSENT, type Answer, known, unknown } from '../../audit/stack/answer';
import { ToolkitError } from '../../errors';
import { type Policy, parsePolicy } from '../../iam';
import { kmsIdentityPolicy } from '../../policy/identity-policies';
import { dnsSuffix, isForeignRole } from '../../policy/resource-names';
import type { ObjectGroup } from '../adoption';
import type { Wanted } from '../wanted';
import type { Sides } from './judgement';

/** Objects that are under the same key of KMS. */
export type GroupUnderKey = ObjectGroup & { readonly keyArn: string };

/** Whether the role can read them, as S3 asks KMS for one of them on its behalf. */
export function isReadable({ keyArn, bucketKey, example }: GroupUnderKey, { found, wanted }: Sides): boolean {
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
export function keyPolicyOf(arn: string, { policies }: Wanted, found: Sides['found']): Answer<Policy> {
  if (policies.key?.arn === arn && policies.key.policy !== undefined) return known(policies.key.policy);
  return policyOfToday(arn, found);
}

/** Today's policy of a key that the file names; absent for any other. */
export function policyOfToday(arn: string, { keys }: Sides['found']): Answer<Policy> {
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
