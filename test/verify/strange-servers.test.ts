import { randomUUID } from 'node:crypto';
import { connectAws } from '../../lib/aws/connect';
import { verify } from '../../lib/verify/verify';
import { AWS_KMS } from './configs';
import { MIDDLEBOXES, PERMISSIVE, startStrangeServer } from './strange-servers';

const saved = process.env;

afterEach(() => {
  process.env = saved;
});

/** Verifies with temporary credentials that nobody gave. */
async function verifyAt(endpoint: string) {
  process.env = {
    PATH: saved.PATH,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
  const aws = connectAws({ region: AWS_KMS.aws.region });
  try {
    const clock = { now: () => new Date(), randomId: randomUUID, timeoutMs: 0, settleMs: 0 };
    return await verify({ config: AWS_KMS, aws, ...clock });
  } finally {
    aws.close();
  }
}

describe('where something answers in the place of AWS', () => {
  test.each(MIDDLEBOXES)('$name passes no check, fails none, and is named', async ({ cause, ...strange }) => {
    const server = await startStrangeServer(strange);
    const { verdict, checks } = await verifyAt(server.url);
    await server.stop();
    expect(verdict).toBe('inconclusive');
    expect(checks.filter(({ result }) => result !== 'inconclusive').map(({ id }) => id)).toEqual([]);
    const causes = new Set(checks.flatMap(({ diagnoses = [] }) => diagnoses.map(({ id }) => id)));
    expect([...causes]).toEqual([cause]);
  });
});

describe('where a server accepts everything', () => {
  test('nothing is asked that must be refused, nothing changes beside the own prefix, and it is called not AWS', async () => {
    const server = await startStrangeServer(PERMISSIVE);
    const { verdict, checks, doubts } = await verifyAt(server.url);
    await server.stop();
    expect(verdict).not.toBe('pass');
    expect(doubts).toContainEqual(expect.stringContaining(`${server.url}, which is not AWS by name`));
    const negatives = checks.filter(({ kind }) => kind === 'negative');
    expect(negatives.map(({ id }) => id)).toEqual([...AWS_KMS.permissions.forbidden].sort(inOrderOf(negatives)));
    for (const one of negatives) {
      expect(one).toMatchObject({ result: 'inconclusive', attempts: 0 });
      expect(one.detail).toContain('since it took a wrong signature, an object whose digest is wrong, a document');
    }
    // Who it is (POST /), asked at the start and by role-identity, and batches of versions of its own.
    const own = /^(PUT|POST|DELETE) \/acme-backup\/vault-env-verification\/|^POST \/$|^POST \/acme-backup\/?\?delete/;
    expect(server.writes().filter((request) => !own.test(request))).toEqual([]);
    expect(server.writes().filter((request) => request === 'POST /').length).toBe(2);
  });
});

const inOrderOf = (checks: readonly { readonly id: string }[]) => (one: string, other: string) =>
  checks.findIndex(({ id }) => id === one) - checks.findIndex(({ id }) => id === other);
