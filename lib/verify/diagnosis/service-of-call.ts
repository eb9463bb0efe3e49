import type { Evidence } from '../result/diagnosis';

/** The service that a call is for. KMS, STS and IAM Roles Anywhere go to endpoints of their own, which a proxy or a firewall may not know. */
export function serviceOf({ call }: Pick<Evidence, 'call'>): string {
  if (/^(Decrypt|Encrypt|GenerateDataKey|ReEncrypt|DescribeKey|ListKeys|GetKey|PutKeyPolicy|CreateGrant)/.test(call))
    return 'KMS';
  if (call.endsWith('of IAM Roles Anywhere')) return 'IAM Roles Anywhere';
  if (/^(GetCallerIdentity|AssumeRole)/.test(call)) return 'STS';
  return /Role|InstanceProfile|GetPolicy|ListEntities/.test(call) ? 'IAM' : 'S3';
}
