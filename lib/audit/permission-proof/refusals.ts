import { type DecidingStatement, evaluate } from '../../iam';
import {
  type EnvironmentPolicies,
  findKey,
  foreignRoleAccount,
  isOwnSideUnknown,
} from '../policies/environment-policies';
import type { Caller, CallerKind } from './callers';
import { describeCircumstances, writtenBy } from './describe';
import type { Facet } from './facets';
import { otherKeyArn } from './foreign';
import type { ProofItem, Restriction } from './proof';
import { asker, choicesFor, type Question } from './question';
import type { Sample, Shape } from './samples';

/** Something that must be refused, whatever else is right about it. */
interface Refusal {
  readonly id: string;
  readonly title: string;
  readonly caller: CallerKind;
  readonly action: string;
  readonly on: Shape | 'another key';
  readonly circumstances: readonly Restriction[];
}

const OVER_S3: Restriction = { facet: 'called through', only: ['S3 in this region'] };

const ALWAYS: readonly Refusal[] = [
  refusal('plain-http-read', 'Reading a backup over plain HTTP', 's3:GetObject', { transport: 'plain HTTP' }),
  refusal('plain-http-write', 'Writing a backup over plain HTTP', 's3:PutObject', { transport: 'plain HTTP' }),
  refusal('old-tls', 'Reading a backup over TLS 1.1', 's3:GetObject', { transport: 'TLS 1.1' }),
  refusal('customer-provided-key', 'Writing with a key that the caller provides (SSE-C)', 's3:PutObject', {
    'customer-provided key': 'AES256',
  }),
  refusal('bucket-of-another-account', 'Writing to a bucket of the same name in another account', 's3:PutObject', {
    'owner of the resource': 'another account',
  }),
];

const WITH_S3_KEYS: readonly Refusal[] = [
  refusal('wrong-encryption', 'Writing with an encryption header for KMS', 's3:PutObject', {
    'encryption header': 'aws:kms',
  }),
];

const WITH_KMS: readonly Refusal[] = [
  refusal('wrong-encryption', 'Writing with an encryption header for keys of S3', 's3:PutObject', {
    'encryption header': 'AES256',
  }),
  refusal('wrong-key', 'Writing under a key of another account', 's3:PutObject', {
    'encryption header': 'aws:kms',
    'key header': 'a key of another account',
  }),
  {
    ...keyRefusal('other-key', 'Writing under another key of the account', 'S3 in this region'),
    action: 'kms:GenerateDataKey',
    on: 'another key',
  },
  keyRefusal('direct-key-use', 'Decrypting by calling KMS directly', 'nothing, directly'),
  keyRefusal('key-use-by-other-service', 'Decrypting through another service', 'another service'),
  {
    ...keyRefusal('foreign-data', 'Decrypting the data of another bucket', 'S3 in this region'),
    circumstances: [OVER_S3, { facet: 'encryption context', only: ['another bucket'] }],
  },
];

const WITH_FORMER_KEYS: readonly Refusal[] = [
  {
    ...keyRefusal('former-key', 'Writing under a key of earlier backups', 'S3 in this region'),
    action: 'kms:GenerateDataKey',
    on: 'a former key',
  },
  {
    ...keyRefusal('direct-former-key-use', 'Decrypting with a former key by calling KMS directly', 'nothing, directly'),
    on: 'a former key',
  },
];

/** Requests that nobody but the policy of the bucket of a role of another account must refuse. */
const WITH_FOREIGN_ROLE: readonly Refusal[] = [
  refusal('key-left-out', 'Writing with an encryption header for KMS and no key', 's3:PutObject', {
    'encryption header': 'aws:kms',
    'key header': 'none',
  }),
];

/** Requests that the role's own policies refuse, and nobody else. */
const BY_OWN_SIDE: ReadonlySet<string> = new Set(['bucket-of-another-account', 'other-key']);

/** Requests that the key policy alone must refuse, so only for a key whose policy is known. */
const WITH_OWN_KEY: readonly Refusal[] = [
  {
    ...keyRefusal('administrator-decrypts', 'An administrator of the account decrypting backups', 'S3 in this region'),
    caller: 'administrator',
  },
  {
    ...keyRefusal('stranger-decrypts', 'Anyone of another account decrypting backups', 'S3 in this region'),
    caller: 'outsider',
  },
];

function refusal(id: string, title: string, action: string, circumstances: Readonly<Record<string, string>>): Refusal {
  const given = Object.entries(circumstances).map(([facet, name]) => ({ facet, only: [name] }));
  return { id, title, caller: 'role', action, on: 'backups', circumstances: given };
}

function keyRefusal(id: string, title: string, through: string): Refusal {
  return { ...refusal(id, title, 'kms:Decrypt', { 'called through': through }), on: 'the key' };
}

/** An item for each act that must be refused, with the statement that refuses it. */
export function refusalItems(policies: EnvironmentPolicies, asked: WhoAndWhen): readonly ProofItem[] {
  const { key, formerKeys, declared } = policies;
  const byMethod = declared.method === 'AES-256' ? WITH_S3_KEYS : WITH_KMS;
  const ofFormer = formerKeys.length === 0 ? [] : WITH_FORMER_KEYS;
  const ofForeign = foreignRoleAccount(policies) === undefined ? [] : WITH_FOREIGN_ROLE;
  const refusals = [...ALWAYS, ...byMethod, ...ofForeign, ...ofFormer, ...(key?.policy ? WITH_OWN_KEY : [])];
  const asking: Asking = { policies, ...asked, ask: asker(policies) };
  const decidable = isOwnSideUnknown(policies) ? decidedByBucketAndKey(refusals, policies) : refusals;
  return decidable.flatMap((one) => refusalItem(one, asking));
}

/** The requests that bucket and key refuse by themselves, asked for a role whose own policies would allow everything. */
function decidedByBucketAndKey(refusals: readonly Refusal[], policies: EnvironmentPolicies): readonly Refusal[] {
  const isKnown = ({ id, on, action }: Refusal) =>
    !BY_OWN_SIDE.has(id) &&
    (!action.startsWith('kms:') || findKey(policies, sampleFor(on, policies).arn)?.policy !== undefined);
  return refusals.filter(isKnown).map((one) => (one.caller === 'role' ? { ...one, caller: 'role-unlimited' } : one));
}

/** Everyone to ask for, and every circumstance. */
interface WhoAndWhen {
  readonly callers: readonly Caller[];
  readonly facets: readonly Facet[];
}

/** All that the acts of one environment are asked about with. */
interface Asking extends WhoAndWhen {
  readonly policies: EnvironmentPolicies;
  readonly ask: ReturnType<typeof asker>;
}

function refusalItem(one: Refusal, { policies, facets, callers, ask }: Asking): readonly ProofItem[] {
  const sample = sampleFor(one.on, policies);
  const choices = facets.flatMap((facet) => {
    const wanted = one.circumstances.find((given) => given.facet === facet.id)?.only[0];
    const offered = choicesFor(facet, sample);
    return (wanted === undefined ? offered : offered.filter(({ name }) => name === wanted)).slice(0, 1);
  });
  const answers = callers
    .filter(({ kind }) => kind === one.caller)
    .map((caller) => {
      const question: Question = { caller, action: one.action, sample };
      const { request, policies: asked } = ask(question, choices);
      return { question, decision: evaluate(request, asked) };
    });
  const telling = answers.find(({ decision }) => decision.result === 'allowed') ?? answers[0];
  if (telling === undefined) return [];
  const { question, decision } = telling;
  const by = decision.result === 'implicitly-denied' ? [] : writtenBy(decision.by, policies);
  return [toItem(one, question, { isRefused: decision.result !== 'allowed', by })];
}

interface Answer {
  readonly isRefused: boolean;
  readonly by: readonly DecidingStatement[];
}

function toItem(one: Refusal, { caller, action, sample }: Question, { isRefused, by }: Answer): ProofItem {
  return {
    id: `refused/${one.id}`,
    kind: 'refusal',
    title: `${one.title} is refused`,
    result: isRefused ? 'pass' : 'fail',
    evidence: {
      caller: caller.title,
      actions: [action],
      on: [one.on],
      resource: sample.arn,
      onlyIf: one.circumstances,
      context: {},
      by,
      ...(!isRefused && { problem: `allowed with ${describeCircumstances(one.circumstances)}` }),
    },
  };
}

function sampleFor(on: Refusal['on'], policies: EnvironmentPolicies): Sample {
  const { bucket, key, formerKeys } = policies;
  if (on === 'another key') return { arn: otherKeyArn(policies, policies), shape: 'anything else', isForeign: false };
  const keyArn = on === 'a former key' ? formerKeys[0]?.arn : on === 'the key' ? key?.arn : undefined;
  return { arn: keyArn ?? `${bucket.arn}/org/accounts.csv.gz`, shape: on, isForeign: false };
}
