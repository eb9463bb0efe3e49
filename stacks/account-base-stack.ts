import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import type { AccountBase } from '../lib/config/account-base';
import { LogBucket } from '../lib/constructs/log-bucket';
import { logBucketPolicy } from '../lib/policy/log-bucket-policy';
import { AccountStack } from './account-stack';

/** Thirteen months: whoever looks for something after a year finds it, and PCI DSS (10.5.1) asks for twelve. */
const LOG_DAYS = 400;
const NONCURRENT_VERSION_DAYS = 30;
const INCOMPLETE_UPLOAD_DAYS = 7;

/** The base that the environments of an account and region share: the bucket for their access logs. */
export class AccountBaseStack extends AccountStack {
  constructor(scope: Construct, base: AccountBase) {
    super(scope, { ...base, tags: {}, state: base.state });
    new LogBucket(this, 'access-log', {
      name: base.bucket,
      policy: logBucketPolicy(base),
      logDays: LOG_DAYS,
      noncurrentVersionDays: NONCURRENT_VERSION_DAYS,
      incompleteUploadDays: INCOMPLETE_UPLOAD_DAYS,
    });
    new TerraformOutput(this, 'account_base', {
      staticId: true,
      description: 'What the environments of this account and region share; nothing in it is secret.',
      value: {
        name: base.name,
        account: base.account,
        region: base.region,
        logBucket: base.bucket,
        sources: base.sources,
      },
    });
  }
}
