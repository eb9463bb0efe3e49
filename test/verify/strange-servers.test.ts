import type { SimulatedAccount } from '../../lib/simulated-aws';
import { stateOf } from './account-state';
import { ALL_BUT_NEGATIVES } from './all-but';
import { AWS_KMS } from './configs';
import { type Refusal, startPermissiveS3 } from './permissive-s3';
import { MIDDLEBOXES, PERMISSIVE, startStrangeServer } from './strange-servers';
import { verifyAt } from './verify-at';
import { connectAsHost, deploy, startAccount, stopAccount, verifyDeployed } from './verify-deployed';

describe('where something else answers in place of AWS', () => {
  test.each(MIDDLEBOXES)('$name passes no check, fails none, and is named', async ({ cause, ...strange }) => {
    const server = await startStrangeServer(strange);
    const { verdict, checks } = await verifyAt(server.url, AWS_KMS);
    await server.stop();
    expect(verdict).toBe('inconclusive');
    expect(checks.filter(({ result }) => result !== 'inconclusive').map(({ id }) => id)).toEqual([]);
    const causes = new Set(checks.flatMap(({ diagnoses = [] }) => diagnoses.map(({ id }) => id)));
    expect([...causes]).toEqual([cause]);
  });
});

describe('where a server accepts everything', () => {
  test('no forbidden request is sent, nothing changes outside the own prefix, and it is reported as not AWS', async () => {
    const server = await startStrangeServer(PERMISSIVE);
    const { verdict, checks, doubts } = await verifyAt(server.url, AWS_KMS);
    await server.stop();
    expect(verdict).not.toBe('pass');
    expect(doubts).toContainEqual(expect.stringContaining(`${server.url}, which is not AWS by name`));
    const negatives = checks.filter(({ kind }) => kind === 'negative');
    expect(negatives.map(({ id }) => id)).toEqual([...AWS_KMS.permissions.forbidden].sort(inOrderOf(negatives)));
    for (const one of negatives) {
      expect(one).toMatchObject({ result: 'inconclusive', attempts: 0 });
      expect(one.detail).toMatch(/checks as AWS does: it took a wrong signature/);
    }
    // Objects and batches of versions of its own, and reads.
    const own = /^(PUT|POST|DELETE) \/acme-backup\/vault-env-verification\/|^POST \/acme-backup\/?\?delete/;
    const read = /^POST \/ (Action=(GetCallerIdentity|GetRole|ListRoles)|TrentService\.ListKeys)$/;
    expect(server.writes().filter((request) => !own.test(request) && !read.test(request))).toEqual([]);
  });
});

/** A bucket of backups, another beside it, and what the account says of both. */
const BEFORE = {
  '/acme-backup/2025/backup.gz': 'a backup',
  '/acme-backup?policy': 'the policy',
  '/acme-backup?lifecycle': 'the lifecycle',
  '/acme-payroll/salaries.csv': 'salaries',
  '/acme-payroll?policy': 'the other policy',
};

const LAXITIES: readonly (readonly [Refusal, string])[] = [
  ['a wrong signature', 'a wrong signature'],
  ['a wrong digest', 'an object whose digest is wrong'],
  ['a document that is none', 'a document that is none'],
  ['a condition', 'a copy whose condition does not hold'],
];

describe('a permissive S3 with a state of its own', () => {
  test.each<{ refuses: readonly Refusal[]; taken: string }>([
    { refuses: [], taken: LAXITIES.map(([, taken]) => taken).join(', ') },
    ...LAXITIES.map(([lax, taken]) => ({ refuses: LAXITIES.map(([one]) => one).filter((one) => one !== lax), taken })),
  ])('that accepts $taken keeps its contents, and is reported as not AWS', async ({ refuses, taken }) => {
    const server = await startPermissiveS3(BEFORE, refuses);
    const { verdict, checks, doubts } = await verifyAt(server.url, AWS_KMS);
    await server.stop();
    const others = Object.entries(server.state()).filter(
      ([key]) => !key.startsWith('/acme-backup/vault-env-verification/'),
    );
    expect(Object.fromEntries(others)).toEqual(BEFORE);
    expect(verdict).not.toBe('pass');
    expect(doubts).toContainEqual(expect.stringContaining('which is not AWS by name'));
    const negatives = checks.filter(({ kind }) => kind === 'negative');
    expect(new Set(negatives.map(({ attempts }) => attempts))).toEqual(new Set([0]));
    expect(negatives.find(({ id }) => id === 'change-bucket-policy')?.detail).toBe(
      `It was not tried, as it was not seen that what answers for S3 checks as AWS does: it took ${taken}.`,
    );
  });

  test('would be changed by a probe that must be refused', async () => {
    const server = await startPermissiveS3(BEFORE);
    await fetch(`${server.url}/acme-backup?policy`, { method: 'PUT', body: 'not a policy' });
    await fetch(`${server.url}/`, { method: 'POST', body: 'Action=CreatePolicy' });
    const { '/acme-backup?policy': policy, ...others } = server.state();
    await server.stop();
    expect({ policy, calls: Object.keys(others).filter((key) => key.startsWith('POST')) }).toEqual({
      policy: 'not a policy',
      calls: ['POST Action=CreatePolicy'],
    });
  });
});

const ITS_CHECKS = {
  KMS: ['direct-key-use', 'create-grant', 'administer-kms', 'other-region'],
  STS: ['role-chaining'],
  IAM: ['administer-iam'],
} as const;

describe('behind a strict S3', () => {
  let account: SimulatedAccount;

  beforeAll(async () => {
    account = await startAccount();
  });

  afterAll(() => stopAccount(account));

  test.each<{ service: keyof typeof ITS_CHECKS; refuses: readonly Refusal[]; taken: string }>([
    { service: 'KMS', refuses: [], taken: 'a wrong signature, a page of no keys' },
    { service: 'KMS', refuses: ['a wrong signature'], taken: 'a page of no keys' },
    { service: 'STS', refuses: [], taken: 'a wrong signature' },
    { service: 'IAM', refuses: [], taken: 'a wrong signature, a page of no roles' },
    { service: 'IAM', refuses: ['a wrong signature'], taken: 'a page of no roles' },
  ])('a $service that takes $taken is asked for nothing that must be refused', async ({ service, refuses, taken }) => {
    const lax = await startPermissiveS3({}, refuses);
    const live = await deploy(account, { method: 'AWS-KMS' });
    const aws = await connectAsHost(live);
    process.env[`AWS_ENDPOINT_URL_${service}`] = lax.url;
    const before = stateOf(account);
    const { verdict, checks, leftovers } = await verifyDeployed(live, { aws, without: ALL_BUT_NEGATIVES });
    aws.close();
    await lax.stop();
    expect(lax.state()).toEqual({});
    expect({ leftovers, isClean: stateOf(account) === before }).toEqual({ leftovers: [], isClean: true });
    expect(verdict).not.toBe('pass');
    const notTried = checks.filter(({ kind, result }) => kind === 'negative' && result !== 'pass');
    const its = live.config.permissions.forbidden.filter((id) => ITS_CHECKS[service].some((one) => one === id));
    expect(notTried.map(({ id }) => id).sort()).toEqual([...its].sort());
    for (const { attempts, result, detail } of notTried) {
      expect({ attempts, result }).toEqual({ attempts: 0, result: 'inconclusive' });
      expect(detail).toMatch(new RegExp(`what answers for ${service}( elsewhere)? checks as AWS does: it took a`));
    }
    const own = notTried.find(({ id }) => id === ITS_CHECKS[service][0]);
    expect(own?.detail).toBe(
      `It was not tried, as it was not seen that what answers for ${service} checks as AWS does: it took ${taken}.`,
    );
  });
});

const inOrderOf = (checks: readonly { readonly id: string }[]) => (one: string, other: string) =>
  checks.findIndex(({ id }) => id === one) - checks.findIndex(({ id }) => id === other);
