import { nameOf } from '../arn';
import type { EnvironmentPolicies } from '../audit/policies/environment-policies';
import { readStackPolicies } from '../audit/policies/stack-policies';
import type { Arguments } from '../audit/stack/arguments';
import { parseStackDocument } from '../audit/stack/read-stack-document';
import { readingOf } from '../audit/stack/stack-reading';
import type { Adoptable } from '../config/adoptable';
import { CREATED_KEY } from '../config/encryption/schema';
import type { Environment } from '../config/environment';
import { policyArn, roleArn } from '../policy/resource-names';
import { type AuditedSettings, readAuditedSettings } from '../verify/operator/audited/audited-settings';

/** The wishes of the environment file, as its stack says them. */
export interface Wanted {
  readonly environment: Environment;
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  readonly adopt: readonly Adoptable[];
  readonly roleName: string;
  readonly instanceProfile: string | undefined;
  /** Keys of the file that exist: the one in use, then former ones. */
  readonly keyArns: readonly string[];
  readonly policyArns: readonly string[];
  readonly policies: EnvironmentPolicies;
  readonly settings: AuditedSettings;
  readonly lifecycle: Arguments;
  /** The document of the bucket policy. */
  readonly bucketPolicyText: string | undefined;
}

/**
 * @param text - the `cdk.tf.json` of the environment
 * @throws {ToolkitError} what keeps the stack from being read
 */
export function readWanted(environment: Environment, text: string, file: string): Wanted {
  const { account, region, bucket, adopt, encryption, host } = environment;
  const document = parseStackDocument(text, file);
  const asSynthesized = readStackPolicies(text, file);
  const reading = readingOf(document, asSynthesized);
  const ofStack = readAuditedSettings(reading, document.provider, asSynthesized.declared.host);
  const { policies, settings } = withKeyTakenOver({ policies: asSynthesized, settings: ofStack }, environment);
  const arn = roleArn(environment);
  const current = 'key' in encryption ? (encryption.key ?? []) : [];
  const former = encryption.former.filter((key) => key !== CREATED_KEY);
  const services =
    policies.key !== undefined || policies.formerKeys.length > 0 ? (['s3', 'kms'] as const) : (['s3'] as const);
  return {
    ...{ environment, account, region, bucket, adopt, policies },
    roleName: nameOf(arn),
    instanceProfile: host.kind === 'ec2' ? settings.instanceProfile : undefined,
    keyArns: [current, former].flat(),
    policyArns: services.map((service) => policyArn(environment, service)),
    settings,
    bucketPolicyText: textOf(reading.tryFindOne('aws_s3_bucket_policy')?.arguments.policy),
    lifecycle: reading.tryFindOne('aws_s3_bucket_lifecycle_configuration')?.arguments ?? {},
  };
}

function textOf(policy: unknown): string | undefined {
  return typeof policy === 'string' ? policy : undefined;
}

type OfStack = Pick<Wanted, 'policies' | 'settings'>;

/** A key that is taken over has the id that it had; a stack makes one up. */
function withKeyTakenOver(ofStack: OfStack, { adopt, encryption }: Environment): OfStack {
  const madeUp = ofStack.policies.key?.arn;
  const real = 'key' in encryption ? encryption.key : undefined;
  if (!adopt.includes('key') || madeUp === undefined || real === undefined) return ofStack;
  return JSON.parse(JSON.stringify(ofStack).replaceAll(madeUp, real));
}
