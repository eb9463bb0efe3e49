import { accountOf } from '../arn';
import type { Environment } from './environment';
import { mismatch, type Rule, type RuleIssue } from './rule';

/** Longest time that a stolen certificate may be good for. */
const SHORT_LIVED_DAYS = 7;

function trustAnchorIsInThePartition({ host, partition, region }: Environment): RuleIssue | undefined {
  return anchorMismatch(host, 1, `must be in the partition ${partition}, where ${region} is`, partition);
}

function trustAnchorIsInTheRegion({ host, region }: Environment): RuleIssue | undefined {
  return anchorMismatch(host, 3, `must be in the region ${region}, where the profile is`, region);
}

function trustAnchorIsOfTheAccount({ host, account }: Environment): RuleIssue | undefined {
  return anchorMismatch(host, 4, `must be of the account ${account}`, account);
}

/** A certificate that nobody can revoke has to expire soon. */
function shortLivedCertificatesExpireSoon({ host }: Environment): RuleIssue | undefined {
  if (host.kind !== 'on-premises' || host.revocation !== 'short-lived') return undefined;
  const { maximumDays } = host.certificate;
  if (maximumDays !== undefined && maximumDays <= SHORT_LIVED_DAYS) return undefined;
  const message = `must be at most ${SHORT_LIVED_DAYS} where certificates are short-lived, got: ${maximumDays ?? 'nothing'}`;
  return { path: 'host.certificate.maximumDays', message };
}

function existingRoleIsInThePartition({ host, partition, region }: Environment): RuleIssue | undefined {
  const found = existingRole(host)?.split(':')[1];
  return mismatch('host.role', `must be in the partition ${partition}, where ${region} is`, found, partition);
}

/** Settings that a role of another account leaves no room for, each with what to do. */
const NOT_FOR_FOREIGN_ROLE: readonly {
  readonly path: string;
  readonly isWrong: (environment: Environment) => boolean;
  readonly says: (environment: Environment, account: string) => string;
}[] = [
  {
    path: 'encryption.method',
    isWrong: ({ encryption }) => encryption.method !== 'AWS-KMS',
    says: ({ encryption: { method } }, account) =>
      `must be AWS-KMS for a role of another account (${account}), so that the key lets it in as well as the bucket, got: ${method}`,
  },
  {
    path: 'host.attach',
    isWrong: ({ host }) => host.kind === 'existing-role' && host.attach,
    says: (_, account) =>
      `must be left out for a role of another account: the owner of ${account} attaches the policies that emit writes to host/, got: true`,
  },
  {
    path: 'rolePath',
    isWrong: ({ rolePath }) => rolePath !== '/',
    says: ({ rolePath }) =>
      `must be left out for a role of another account, whose path is part of host.role, got: ${rolePath}`,
  },
  {
    path: 'capabilities',
    isWrong: ({ capabilities }) => capabilities.includes('list-buckets'),
    says: (_, account) =>
      `must not include list-buckets for a role of another account: it would list the buckets of ${account}, which its owner decides`,
  },
  {
    path: 'adopt',
    isWrong: ({ adopt }) => adopt.includes('policies'),
    says: () => 'must not name policies for a role of another account: the stack makes none for it',
  },
];

/** Bucket and key let a role of another account in by themselves, and nothing here can be set on it. */
function foreignRoleIsItsOwners(environment: Environment): RuleIssue | undefined {
  const { host, account } = environment;
  const ofRole = accountOf(existingRole(host) ?? '');
  if (ofRole === '' || ofRole === account) return undefined;
  const wrong = NOT_FOR_FOREIGN_ROLE.find(({ isWrong }) => isWrong(environment));
  return wrong && { path: wrong.path, message: wrong.says(environment, ofRole) };
}

/** A boundary is set on a role that the stack makes, and an existing one is left as it is. */
function existingRoleKeepsItsBoundary({ host, permissionsBoundary }: Environment): RuleIssue | undefined {
  if (existingRole(host) === undefined || permissionsBoundary === undefined) return undefined;
  const message = `must be left out for a role that exists already, which keeps its own, got: ${permissionsBoundary}`;
  return { path: 'permissionsBoundary', message };
}

function anchorMismatch(host: Environment['host'], field: number, demand: string, expected: string) {
  if (host.kind !== 'on-premises') return undefined;
  const { arn, privateCa } = host.trustAnchor;
  return (
    mismatch('host.trustAnchor.arn', demand, arn?.split(':')[field], expected) ??
    mismatch('host.trustAnchor.privateCa', demand, privateCa?.split(':')[field], expected)
  );
}

function existingRole(host: Environment['host']): string | undefined {
  return host.kind === 'existing-role' ? host.role : undefined;
}

/** The rules about the host, in report order. */
export const HOST_RULES: readonly Rule[] = [
  { reads: ['host', 'partition', 'region'], check: trustAnchorIsInThePartition },
  { reads: ['host', 'region'], check: trustAnchorIsInTheRegion },
  { reads: ['host', 'account'], check: trustAnchorIsOfTheAccount },
  { reads: ['host'], check: shortLivedCertificatesExpireSoon },
  { reads: ['host', 'partition', 'region'], check: existingRoleIsInThePartition },
  {
    reads: ['host', 'account', 'encryption', 'rolePath', 'capabilities', 'adopt'],
    check: foreignRoleIsItsOwners,
  },
  { reads: ['host', 'permissionsBoundary'], check: existingRoleKeepsItsBoundary },
];
