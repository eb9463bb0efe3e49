import { AWS_KMS } from './configs';
import { type Refusal, startPermissiveS3 } from './permissive-s3';
import { MIDDLEBOXES, PERMISSIVE, startStrangeServer } from './strange-servers';
import { verifyAt } from './verify-at';

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
      expect(one.detail).toContain(
        'since it took a wrong signature, an object whose digest is wrong, a document that is none',
      );
    }
    // Who it is (POST /), asked at the start and by role-identity, and batches of versions of its own.
    const own = /^(PUT|POST|DELETE) \/acme-backup\/vault-env-verification\/|^POST \/$|^POST \/acme-backup\/?\?delete/;
    expect(server.writes().filter((request) => !own.test(request))).toEqual([]);
    expect(server.writes().filter((request) => request === 'POST /').length).toBe(2);
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
    const details = new Set(checks.filter(({ kind }) => kind === 'negative').map(({ detail }) => detail));
    expect([...details]).toEqual([
      `It was not tried: the other side is not AWS, or does not check as AWS does, since it took ${taken}.`,
    ]);
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

const inOrderOf = (checks: readonly { readonly id: string }[]) => (one: string, other: string) =>
  checks.findIndex(({ id }) => id === one) - checks.findIndex(({ id }) => id === other);
