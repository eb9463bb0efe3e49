import type { Arguments } from '../arguments';
import { UnknownValue } from '../unknown-value';
import { asObject, type Configurations } from './configurations';
import { expressionAt, templateOf } from './expressions';
import type { Follow } from './leads';
import { leadOf } from './lone-lead';
import type { TextOf } from './planned-values';
import type { ReadDocument } from './policy-documents';
import { documentIn, policyText } from './policy-text';
import type { SoleWithin } from './reach';
import { configuredAs, type Standing } from './scopes';

/** The configuration of one resource. */
export interface ConfiguredText {
  /** The text of an argument as a template, where the configuration has it or where it is one reference. */
  readonly text: TextOf;
  readonly isConfigured: (argument: string) => boolean;
  /** Arguments that were assumed to say something, and what; filled by `text`. */
  readonly assumed: Readonly<Record<string, string>>;
}

export interface PlanReading {
  readonly configurations: Configurations;
  readonly follow: Follow;
  readonly soleWithin: SoleWithin;
  readonly document: ReadDocument;
}

/**
 * Finds the texts of one resource's configuration.
 *
 * A stack in JSON keeps its templates in the plan. One in HCL only names what an expression refers to: a lone reference to
 * an attribute is taken for the expression itself, which is right for arguments that name another resource. A policy is
 * often put together, so that one that is read this way stays a doubt.
 */
export function findReference(resource: Arguments, reading: PlanReading): ConfiguredText {
  const { expressions, standing } = configuredAs(resource, reading.configurations);
  const assumed: Record<string, string> = {};
  return {
    assumed,
    isConfigured: (argument) => expressions === undefined || expressions[argument] !== undefined,
    text: (path) => {
      const expression = expressions && expressionAt(expressions, path);
      // As with a dynamic block, of which a plan keeps no expression.
      if (expression === undefined) return new UnknownValue(`'${path[0]}' of ${resource.address}, known after apply`);
      const argument = String(path[0]);
      const template = templateOf(expression, standing.scope);
      if (typeof template === 'string') return documentIn(template, reading.document) ?? template;
      const assume = (said: string) => {
        assumed[argument] = said;
      };
      if (!POLICY_ARGUMENTS.has(argument))
        return referenceText(String(path.at(-1)), expression, standing, reading, assume);
      const bucket = resource.type === 'aws_s3_bucket_policy' ? bucketOf(expressions, standing, reading) : undefined;
      return policyText(expression, { standing, bucket }, reading, assume);
    },
  };
}

const POLICY_ARGUMENTS: ReadonlySet<string> = new Set(['policy', 'assume_role_policy', 'inline_policy']);

/** The bucket that a policy is of. */
function bucketOf(expressions: Arguments | undefined, standing: Standing, reading: PlanReading): string | undefined {
  return leadOf(reading.follow(expressions?.bucket, standing), 'aws_s3_bucket', reading.soleWithin)?.address;
}

/** What an argument names, by its own name, where the plan keeps no attribute of it. */
const NAMES: Readonly<Record<string, { readonly type: string; readonly attribute?: string }>> = {
  bucket: { type: 'aws_s3_bucket', attribute: 'id' },
  key_id: { type: 'aws_kms_key', attribute: 'key_id' },
  kms_master_key_id: { type: 'aws_kms_key' },
  permissions_boundary: { type: 'aws_iam_policy', attribute: 'arn' },
  policy_arn: { type: 'aws_iam_policy', attribute: 'arn' },
  role: { type: 'aws_iam_role', attribute: 'name' },
  role_name: { type: 'aws_iam_role', attribute: 'name' },
  target_bucket: { type: 'aws_s3_bucket', attribute: 'id' },
  target_key_id: { type: 'aws_kms_key', attribute: 'key_id' },
};

function referenceText(
  argument: string,
  expression: Arguments,
  standing: Standing,
  reading: PlanReading,
  assume: (said: string) => void,
): string | undefined {
  const { type, attribute } = asObject(NAMES[argument]) as { readonly type?: string; readonly attribute?: string };
  const trail = reading.follow(expression, standing);
  const open = { ...trail, leads: trail.leads.filter(({ isKnown }) => isKnown !== true) };
  const lead = leadOf(open, type, reading.soleWithin);
  if (lead === undefined || lead.address.includes('data.')) return undefined;
  const named = lead.attribute ?? (type !== undefined && isOfType(lead.address, type) ? attribute : undefined);
  if (named !== undefined && lead.isAssumed) assume(lead.address);
  return named === undefined ? undefined : `\${${lead.address}.${named}}`;
}

function isOfType(address: string, type: string): boolean {
  return new RegExp(`(?:^|\\.)${type}\\.`).test(address);
}
