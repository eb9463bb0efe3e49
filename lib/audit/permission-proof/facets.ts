import type { ContextValue } from '../../iam';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { foreignAccountOf, otherKeyArn, otherRegionOf, s3Service } from './foreign';

/** A form that a circumstance can take. */
export interface Choice {
  readonly name: string;
  /** The condition keys that a request then carries; a key of the facet that is not here is absent. */
  readonly context: Readonly<Record<string, ContextValue>>;
  /** Whether the resource then belongs to another account. */
  readonly isForeign?: boolean;
}

/** A circumstance of a request that conditions can ask about; the first choice is the one that pleases most. */
export interface Facet {
  readonly id: string;
  /** Condition keys that tell of it, in lower case. */
  readonly keys: readonly string[];
  readonly choices: readonly Choice[];
  /** The form that a further value takes; missing when the choices are all there are. */
  readonly choiceOf?: (value: string) => Choice;
  /**
   * The forms in which the requests come that must be allowed; left out, every form.
   *
   * `any` is a circumstance that the policies may choose, as the network that the host is in: one form must do.
   */
  readonly needed?: readonly string[] | 'any';
  /** The same for requests that S3 makes to the key, where they come otherwise. */
  readonly neededByS3?: Facet['needed'];
}

const SSE = 's3:x-amz-server-side-encryption';
const SSE_KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const SSE_C = 's3:x-amz-server-side-encryption-customer-algorithm';
const CONTEXT_KEY = 'kms:EncryptionContext:aws:s3:arn';

/** Circumstances that are tried whether a policy mentions them or not: the ways in which access to backups goes wrong. */
export function fixedFacets(policies: EnvironmentPolicies): readonly Facet[] {
  return [
    transport(),
    owner(policies),
    encryptionHeader(),
    keyHeader(policies),
    customerKey(),
    viaService(policies),
    encryptionContext(policies),
  ];
}

function transport(): Facet {
  const overTls = (version: string): Choice => ({
    name: `TLS ${version}`,
    context: { 'aws:SecureTransport': 'true', 's3:TlsVersion': version },
  });
  const plain: Choice = { name: 'plain HTTP', context: { 'aws:SecureTransport': 'false' } };
  return {
    id: 'transport',
    keys: ['aws:securetransport', 's3:tlsversion'],
    needed: ['TLS 1.3', 'TLS 1.2'],
    choices: [...['1.3', '1.2', '1.1', '1.0'].map(overTls), plain],
  };
}

/** A bucket's ARN names no account: one of the same name may belong to anyone. */
function owner({ account, role }: EnvironmentPolicies): Facet {
  const of = (id: string) => ({ 'aws:ResourceAccount': id, 's3:ResourceAccount': id });
  return {
    id: 'owner of the resource',
    keys: ['aws:resourceaccount', 's3:resourceaccount'],
    needed: ['own account'],
    choices: [
      { name: 'own account', context: of(account) },
      { name: 'another account', context: of(foreignAccountOf({ account, role })), isForeign: true },
      { name: 'unknown', context: {} },
    ],
    choiceOf: (id) => ({
      name: id === account ? 'own account' : 'another account',
      context: of(id),
      isForeign: id !== account,
    }),
  };
}

function encryptionHeader(): Facet {
  return headerFacet('encryption header', SSE, {
    choices: ['AES256', 'aws:kms', 'aws:kms:dsse'].map((value) => ({ name: value, context: { [SSE]: value } })),
    nameOf: () => 'another value',
  });
}

function keyHeader(policies: EnvironmentPolicies): Facet {
  const { key, account, region } = policies;
  const values: readonly (readonly [string, string])[] = [
    ...(key ? [['the key', key.arn] as const] : []),
    ['another key of the account', otherKeyArn(policies, { account, region })],
    ['a key of another region', otherKeyArn(policies, { account, region: otherRegionOf(policies) })],
    ['a key of another account', otherKeyArn(policies, { account: foreignAccountOf(policies), region })],
  ];
  return headerFacet('key header', SSE_KEY, {
    choices: values.map(([name, value]) => ({ name, context: { [SSE_KEY]: value } })),
    nameOf: (value) => {
      const [, , , keyRegion, keyAccount] = value.split(':');
      if (keyAccount !== account) return 'a key of another account';
      return keyRegion === region ? 'another key of the account' : 'a key of another region';
    },
  });
}

function customerKey(): Facet {
  return headerFacet('customer-provided key', SSE_C, {
    choices: [{ name: 'AES256', context: { [SSE_C]: 'AES256' } }],
    nameOf: () => 'another value',
  });
}

interface Header {
  readonly choices: readonly Choice[];
  readonly nameOf: (value: string) => string;
}

function headerFacet(id: string, key: string, { choices, nameOf }: Header): Facet {
  return {
    id,
    keys: [key.toLowerCase()],
    needed: ['none'],
    choices: [{ name: 'none', context: {} }, ...choices],
    choiceOf: (value) => ({ name: nameOf(value), context: { [key]: value } }),
  };
}

function viaService(policies: EnvironmentPolicies): Facet {
  const key = 'kms:ViaService';
  const { region } = policies;
  const of = (name: string, value: string): Choice => ({ name, context: { [key]: value } });
  return {
    id: 'called through',
    keys: [key.toLowerCase()],
    needed: ['S3 in this region'],
    choices: [
      of('S3 in this region', s3Service(policies, region)),
      of('S3 in another region', s3Service(policies, otherRegionOf(policies))),
      of('another service', s3Service(policies, region).replace('s3.', 'ec2.')),
      { name: 'nothing, directly', context: {} },
    ],
    choiceOf: (value) => of(value.startsWith('s3.') ? 'S3 in another region' : 'another service', value),
  };
}

function encryptionContext({ bucket }: EnvironmentPolicies): Facet {
  const of = (name: string, value: string): Choice => ({ name, context: { [CONTEXT_KEY]: value } });
  return {
    id: 'encryption context',
    keys: [CONTEXT_KEY.toLowerCase()],
    choices: [
      of('the bucket', bucket.arn),
      of('an object of the bucket', `${bucket.arn}/org/accounts.csv.gz`),
      of('another bucket', `${bucket.arn}-copy`),
      { name: 'none', context: {} },
    ],
    choiceOf: (value) => of(value.startsWith(`${bucket.arn}/`) ? 'an object of the bucket' : 'another bucket', value),
  };
}
