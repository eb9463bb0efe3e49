import { evaluate } from '../../iam';
import { filterAlike, likenessOfActions } from '../../iam/statements/alike-actions';
import type { Place } from '../stack/place';
import type { KeySubject, Subject } from '../subject/subject';
import type { Circumstances } from './bucket-questions';
import { type Asking, auditedAccount } from './callers';
import { type Fact, failFor, listFacts } from './gathered';
import { grantedCircumstances } from './granted-circumstances';
import { doubtOver, pass } from './outcome';
import type { Outcome } from './rule';

/** Actions that read or write data under a key, or let somebody else do so. */
export const DATA_ACTIONS = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** Called directly, and through S3 for each bucket of the stack. */
function waysToCall({ buckets, place }: Subject): readonly Circumstances[] {
  const arns = buckets.flatMap(({ arn }) => (arn.state === 'known' ? [arn.value] : []));
  return [{}, ...throughS3(place, arns)];
}

/** As S3 calls for objects of each bucket: with a bucket key, and without. */
export function throughS3({ partition, region }: Partial<Place>, bucketArns: readonly string[]) {
  const viaService = `s3.${region ?? 'us-east-1'}.${partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`;
  return bucketArns.flatMap((arn) =>
    [arn, `${arn}/org/accounts.csv.gz`].map(
      (context): Circumstances => ({
        'kms:ViaService': viaService,
        'kms:EncryptionContext:aws:s3:arn': context,
      }),
    ),
  );
}

/** The actions on the key that some way of calling lets this caller do, as far as the key policy has a say. */
export function openTo(
  key: KeySubject,
  caller: Asking,
  actions: readonly string[],
  subject: Subject,
): readonly string[] {
  const { policy } = key;
  if (policy.state !== 'known') return [];
  const account = auditedAccount(subject);
  const { partition = 'aws', region = 'us-east-1' } = subject.place;
  const resource = `arn:${partition}:kms:${region}:${account}:key/00000000-0000-4000-8000-000000000000`;
  const { principal, identity, context } = caller;
  const ways = [...waysToCall(subject), ...grantedCircumstances(policy.value)];
  const contexts = ways.map((way) => ({
    ...context,
    'aws:ResourceAccount': account,
    'aws:SecureTransport': 'true',
    ...way,
  }));
  const policies = { identity, key: policy.value };
  return filterAlike(actions, likenessOfActions([policy.value]), (action) =>
    contexts.some(
      (some) =>
        evaluate({ principal, action, resource, resourceAccount: account, context: some }, policies).result ===
        'allowed',
    ),
  );
}

/** One outcome for each key, from what its policy decides. */
export function judgeKeys(
  subject: Subject,
  right: string,
  judge: (key: KeySubject) => readonly Fact[],
): readonly Outcome[] {
  return subject.keys.map((key) => {
    const { policy, policyAddress } = key;
    if (policy.state !== 'known')
      return doubtOver(
        policy,
        policyAddress,
        `the key policy is not known${policy.state === 'unknown' ? `: ${policy.because}` : ''}`,
      );
    const problems = judge(key);
    return problems.length === 0
      ? pass(policyAddress, right)
      : failFor(policyAddress, problems, { detail: listFacts(problems, 4) });
  });
}
