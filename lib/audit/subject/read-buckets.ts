import type { Policy } from '../../iam';
import { accountBaseOutput } from '../stack/account-base-output';
import { ABSENT, type Answer, known, unknown } from '../stack/answer';
import type { References } from '../stack/resolve-references';
import type { StackDocument, StackResource } from '../stack/stack-document';
import type { FindCompanions } from './links';
import { policyOf } from './policy-readings';
import type { BucketEncryptionReading, BucketSubject, Companions, PolicyReading, ReadArgument } from './subject';

/** Everything that reading a bucket needs. */
export interface Readers {
  readonly stack: StackDocument;
  readonly references: References;
  readonly read: ReadArgument;
  readonly find: FindCompanions;
  readonly policies: readonly PolicyReading[];
}

export function readBuckets(readers: Readers): readonly BucketSubject[] {
  const { stack, references, find } = readers;
  return stack.resources
    .filter(({ type }) => type === 'aws_s3_bucket')
    .map((resource) => {
      const companions = (type: string) => find(type, 'bucket', resource);
      return {
        resource,
        name: references.answer(`\${${resource.address}.bucket}`),
        arn: references.answer(`\${${resource.address}.arn}`),
        companions,
        policy: bucketPolicyOf(resource, companions('aws_s3_bucket_policy'), readers),
        encryption: readEncryption(
          resource,
          companions('aws_s3_bucket_server_side_encryption_configuration'),
          readers.read,
        ),
        takesLogs:
          accountBaseOutput(stack) !== undefined ||
          find('aws_s3_bucket_logging', 'target_bucket', resource).found.some(
            (logging) => !companions('aws_s3_bucket_logging').found.includes(logging),
          ),
      };
    });
}

function bucketPolicyOf(bucket: StackResource, { found, doubtful }: Companions, readers: Readers): Answer<Policy> {
  const [own, ...more] = found;
  if (more.length > 0) return unknown(`${found.map(({ address }) => address).join(' and ')} replace each other`);
  if (own !== undefined) return policyOf(readers.policies, own);
  if (doubtful.length > 0) return unknown(`nobody can tell whose policy ${doubtful[0]?.address} is`);
  const inline = readers.read(bucket, 'policy');
  return inline.state === 'absent'
    ? ABSENT
    : unknown(`the policy stands in the argument 'policy' of ${bucket.address}`);
}

function readEncryption(
  bucket: StackResource,
  { found, doubtful }: Companions,
  read: ReadArgument,
): BucketEncryptionReading {
  const [configuration] = found;
  if (configuration === undefined) {
    const nothing = nothingFound(bucket, doubtful, read);
    return { algorithm: nothing, keyArn: nothing, bucketKey: nothing };
  }
  const byDefault = 'rule.apply_server_side_encryption_by_default';
  const bucketKey = read(configuration, 'rule.bucket_key_enabled');
  return {
    algorithm: asText(read(configuration, `${byDefault}.sse_algorithm`)),
    keyArn: asText(read(configuration, `${byDefault}.kms_master_key_id`)),
    bucketKey:
      bucketKey.state === 'unknown' ? bucketKey : known(bucketKey.state === 'known' && isTrue(bucketKey.value)),
  };
}

function nothingFound(bucket: StackResource, doubtful: readonly StackResource[], read: ReadArgument): Answer<never> {
  if (doubtful.length > 0) return unknown(`nobody can tell whose ${doubtful[0]?.address} is`);
  const inline = read(bucket, 'server_side_encryption_configuration');
  return inline.state === 'absent' ? ABSENT : unknown(`it stands in a deprecated argument of ${bucket.address}`);
}

function asText(answer: Answer<unknown>): Answer<string> {
  return answer.state === 'known' ? known(String(answer.value)) : answer;
}

/** Terraform's JSON takes a boolean as text too. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
