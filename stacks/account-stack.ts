import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../lib/config/environment';
import { OWN_TAG } from '../lib/config/own-tag';
import { stateOf } from '../lib/config/state';
import { addStateBackend } from '../lib/constructs/state-backend';
import { addVersionsFiles } from '../lib/constructs/versions-files';
import { LOCK_FILE_VERSIONS_TEXT, VERSIONS_TEXT } from '../lib/versions-files';

/**
 * Both majors of the provider plan and apply the same JSON, but for releases that know `blocked_encryption_types` and
 * do not compute it: S3 sets it by itself, and every plan of theirs wants to take it back.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/45157
 */
const NEVER_SETTLING = { major: 6, minors: { first: 22, last: 39 } };
const PROVIDER = { source: 'hashicorp/aws', version: ['>= 5.100.0', '< 7.0.0', ...excluded()].join(', ') };

/** Where a stack is deployed to, and where its state is. */
export type StackPlace = Pick<Environment, 'name' | 'account' | 'region' | 'tags' | 'state'>;

/** A stack that deploys to one account and region, and to no other. */
export class AccountStack extends TerraformStack {
  constructor(scope: Construct, place: StackPlace) {
    super(scope, place.name);
    new AwsProvider(this, 'aws', {
      region: place.region,
      allowedAccountIds: [place.account],
      defaultTags: [{ tags: { ...place.tags, [OWN_TAG]: place.name } }],
    });
    this.addOverride('terraform.required_providers.aws', PROVIDER);
    const state = stateOf(place);
    addVersionsFiles(this, state.kind === 's3' ? LOCK_FILE_VERSIONS_TEXT : VERSIONS_TEXT);
    // Three levels up: whoever removes cdktf.out does not remove a state with it.
    const path = `../../../terraform.${place.name}.tfstate`;
    addStateBackend(this, state.kind === 'local' ? { ...state, path } : state);
  }

  /** No stack refers to another, so there are no references to prepare. */
  override prepareStack(): void {
    this.ensureBackendExists();
  }
}

function excluded(): readonly string[] {
  const { major, minors } = NEVER_SETTLING;
  const numbers = Array.from({ length: minors.last - minors.first + 1 }, (_, index) => minors.first + index);
  return numbers.flatMap((minor) => [`!= ${major}.${minor}.0`, `!= ${major}.${minor}.1`]);
}
