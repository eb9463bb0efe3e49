import { partitionOf } from '../../config/partition';
import { ToolkitError } from '../../errors';
import { type DeclaredHost, EC2, readDeclaredHost } from '../policies/declared-host';
import { readDeclaredUse, readEnvironmentName } from '../policies/declared-use';
import type { RolePolicyText } from '../policies/role-policies';
import type { Declaration } from '../policies/stack-policies';
import type { Answer } from '../stack/answer';
import { known, unknown } from '../stack/answer';
import type { Arguments } from '../stack/arguments';
import type { Place } from '../stack/place';
import type { StackDocument } from '../stack/stack-document';
import type { BucketEncryptionReading } from './subject';

/** Facts from a person about a stack that does not state them itself. */
export interface Given {
  readonly account?: string;
  readonly region?: string;
  readonly capabilities?: readonly string[];
  /** Policies that the owner of a role of another account attaches to it. */
  readonly rolePolicies?: readonly RolePolicyText[];
  /** The day that expiry dates are held against, as `YYYY-MM-DD`. */
  readonly asOf?: string;
}

/** The account and region of the stack, as far as its provider, its output or the person says. */
export function placeOf({ provider, outputs }: StackDocument, given: Given): Partial<Place> {
  const { region, allowed_account_ids: accounts } = provider;
  const output = outputs.find(({ name }) => name === 'backup_environment')?.value as
    | { readonly aws?: { readonly account?: unknown; readonly region?: unknown } }
    | undefined;
  const [only, ...others] = Array.isArray(accounts) ? accounts : [];
  const ofProvider = others.length === 0 ? textOf(only) : undefined;
  const account = given.account ?? ofProvider ?? textOf(output?.aws?.account);
  const chosen = given.region ?? textOf(region) ?? textOf(output?.aws?.region);
  const partition = partitionOf(chosen ?? '');
  return {
    ...(account !== undefined && { account }),
    ...(chosen !== undefined && partition !== undefined && { region: chosen, partition }),
  };
}

/** The declaration of the stack's output, or of the person. */
export function declarationOf(
  stack: StackDocument,
  encryption: BucketEncryptionReading | undefined,
  { capabilities }: Given,
): Answer<Declaration> {
  if (capabilities !== undefined && encryption !== undefined) {
    const { algorithm } = encryption;
    if (algorithm.state === 'unknown') return algorithm;
    const isKms = algorithm.state === 'known' && algorithm.value.startsWith('aws:kms');
    const method = isKms ? 'AWS-KMS' : 'AES-256';
    return known({ environment: 'stack', capabilities, method, host: hostOf(stack) });
  }
  if (!stack.outputs.some(({ name }) => name === 'backup_environment')) {
    return unknown('no output declares what the role is for; say so with --capabilities');
  }
  try {
    return known({ ...readDeclaredUse(stack), environment: readEnvironmentName(stack) });
  } catch (error) {
    if (error instanceof ToolkitError) return unknown(error.message);
    throw error;
  }
}

/** A stack without an output of ours is taken for one of an EC2 instance. */
function hostOf({ outputs }: StackDocument): DeclaredHost {
  const output = outputs.find(({ name }) => name === 'backup_environment')?.value;
  return typeof output === 'object' && output !== null ? readDeclaredHost(output as Arguments) : EC2;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && !value.includes('${') ? value : undefined;
}
