import { evaluate } from '../../../iam';
import type { AccountState } from '../../state/account-state';
import { type Bucket, policyInForce } from '../../state/services/s3-state';

const SERVICE = 'logging.s3.amazonaws.com';

/**
 * Whether S3's log delivery may write the access log of a bucket into another one, as its policy stands.
 *
 * @param source - name of the bucket whose log it is; it need not exist
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function mayDeliverLogs(
  { s3, partition, accountId }: AccountState,
  { source, target }: { readonly source: string; readonly target: string },
): boolean {
  const bucket = s3.buckets.get(target);
  const policy = bucket && policyInForce(bucket, s3.propagation);
  if (bucket === undefined || policy === undefined || encryptsWithKms(bucket)) return false;
  const decision = evaluate(
    {
      principal: { kind: 'service', service: SERVICE },
      action: 's3:PutObject',
      resource: `arn:${partition}:s3:::${target}/log`,
      resourceAccount: bucket.accountId,
      context: {
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalServiceName': SERVICE,
        'aws:SecureTransport': 'true',
        's3:TlsVersion': '1.3',
        'aws:SourceArn': `arn:${partition}:s3:::${source}`,
        'aws:SourceAccount': accountId,
      },
    },
    { identity: [], resource: policy.parsed },
  );
  return decision.result === 'allowed';
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html */
function encryptsWithKms({ documents }: Bucket): boolean {
  return JSON.stringify(documents.get('ServerSideEncryptionConfiguration') ?? '').includes('aws:kms');
}
