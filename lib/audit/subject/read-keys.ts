import { type Policy, parsePolicy } from '../../iam';
import { type Answer, known, unknown } from '../stack/answer';
import type { Place } from '../stack/place';
import type { StackResource } from '../stack/stack-document';
import { policyOf } from './policy-readings';
import type { Readers } from './read-buckets';
import { isSameText } from './same-text';
import type { KeySubject, PolicyReading } from './subject';

export function readKeys(readers: Readers, place: Partial<Place>): readonly KeySubject[] {
  const { stack, references, find, policies, read } = readers;
  return stack.resources
    .filter(({ type }) => type === 'aws_kms_key')
    .map((resource) => {
      const { found, doubtful } = find('aws_kms_key_policy', 'key_id', resource);
      const [apart] = found;
      const holder = apart ?? resource;
      const inline = read(resource, 'policy').state !== 'absent';
      const policy =
        apart !== undefined && inline && !isSame(resource, apart, policies)
          ? unknown(`the policies of ${resource.address} and ${apart.address} replace each other`)
          : apart !== undefined || inline
            ? policyOf(policies, holder)
            : defaultPolicy(resource.address, place);
      return {
        resource,
        arn: references.answer(`\${${resource.address}.arn}`),
        policy: doubtful.length > 0 ? unknown(`nobody can tell whose policy ${doubtful[0]?.address} is`) : policy,
        policyAddress: holder.address,
      };
    });
}

/** A key that stands has its policy among its own attributes too, wherever it comes from. */
function isSame(key: StackResource, apart: StackResource, policies: readonly PolicyReading[]): boolean {
  const [left, right] = [key, apart].map((one) => policies.find(({ resource }) => resource === one)?.text);
  return left?.state === 'known' && right?.state === 'known' && isSameText(left.value, right.value);
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultPolicy(name: string, { partition, account }: Partial<Place>): Answer<Policy> {
  if (account === undefined || partition === undefined) {
    return unknown('KMS makes the policy for the account, which no input says');
  }
  const Principal = { AWS: `arn:${partition}:iam::${account}:root` };
  const Statement = [{ Sid: 'DefaultKeyPolicy', Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }];
  return known(parsePolicy({ Version: '2012-10-17', Statement }, name, { kind: 'resource' }));
}
