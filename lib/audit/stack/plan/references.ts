import type { Arguments } from '../arguments';
import { UnknownValue } from '../unknown-value';
import { asObject, type Configurations } from './configurations';
import { expressionAt, templateOf } from './expressions';
import type { Follow, Lead, Trail } from './leads';
import type { TextOf } from './planned-values';
import { LONE_DOCUMENT, type PlannedDocument, type ReadDocument } from './policy-documents';
import { configuredAs, type Standing } from './scopes';

/** The configuration of one resource. */
export interface ConfiguredText {
  /** The text of an argument as a template, where the configuration has it or where it is one reference. */
  readonly text: TextOf;
  readonly isConfigured: (argument: string) => boolean;
  /** Arguments that hold a policy by reference, and what was assumed when it was read; filled by `text`. */
  readonly assumed: Readonly<Record<string, string>>;
}

export interface PlanReading {
  readonly configurations: Configurations;
  readonly follow: Follow;
  readonly document: ReadDocument;
  /** Addresses of everything that the plan has of a type. */
  readonly ofType: (type: string) => readonly string[];
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
      if (expression === undefined) return undefined;
      const argument = String(path[0]);
      const template = templateOf(expression, standing.scope);
      if (typeof template === 'string') return documentIn(template, reading) ?? template;
      if (!POLICY_ARGUMENTS.has(argument)) return referenceText(String(path.at(-1)), expression, standing, reading);
      return policyText(expression, standing, reading, (said) => {
        assumed[argument] = said;
      });
    },
  };
}

const POLICY_ARGUMENTS: ReadonlySet<string> = new Set(['policy', 'assume_role_policy', 'inline_policy']);

/** A template that is a document and nothing else. */
function documentIn(template: string, { document }: PlanReading): string | UnknownValue | undefined {
  const address = LONE_DOCUMENT.exec(template)?.[1];
  const found = address === undefined ? undefined : document(address);
  return found === undefined || found instanceof UnknownValue ? found : found.text;
}

function policyText(
  expression: Arguments,
  standing: Standing,
  { follow, document }: PlanReading,
  assume: (said: string) => void,
): string | UnknownValue | undefined {
  const trail = follow(expression, standing);
  const lead = onlyLead(trail);
  if (lead === undefined || trail.isHidden || !lead.address.includes('data.')) return madeOf(trail);
  const found = document(lead.address);
  if (found instanceof UnknownValue) return found;
  assume(saidOf(lead.address, found));
  return found.text;
}

/** As in `data.x and nothing else, with 'resources' of 'Tls' as …`. */
function saidOf(address: string, { assumed }: PlannedDocument): string {
  const parts = [...new Set(assumed.map(({ part }) => part))].map((part) => {
    const texts = assumed.filter((one) => one.part === part).map(({ text }) => text);
    return `${part}: ${[...new Set(texts)].join(', ')}`;
  });
  return [`${address} and nothing else`, ...parts].join('; ');
}

function madeOf({ leads, isHidden }: Trail): UnknownValue | undefined {
  const names = [...new Set(leads.map(({ address, attribute }) => [address, attribute].filter(Boolean).join('.')))];
  if (names.length === 0) return undefined;
  return new UnknownValue(
    `it is made of ${[...names, ...(isHidden ? ['local values'] : [])].join(', ')} when it is applied`,
  );
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
  { follow, ofType }: PlanReading,
): string | undefined {
  const { type, attribute } = asObject(NAMES[argument]) as { readonly type?: string; readonly attribute?: string };
  const trail = follow(expression, standing);
  const ofThat = type === undefined ? [] : ofType(type);
  // Of several, a local value may be any.
  if (trail.isHidden && ofThat.length !== 1) return undefined;
  const [sole = ''] = ofThat;
  const lead = trail.isHidden && trail.leads.length === 0 ? { address: sole } : onlyLead(trail);
  if (lead === undefined || trail.isOpen || lead.address.includes('data.')) return undefined;
  if (trail.isHidden && lead.address !== sole) return undefined;
  const named = lead.attribute ?? (ofThat.includes(lead.address) ? attribute : undefined);
  return named === undefined ? undefined : `\${${lead.address}.${named}}`;
}

function onlyLead({ leads, isOpen }: Trail): Lead | undefined {
  const unique = new Map(leads.map((lead) => [JSON.stringify([lead.address, lead.attribute]), lead]));
  return unique.size === 1 && !isOpen ? [...unique.values()][0] : undefined;
}
