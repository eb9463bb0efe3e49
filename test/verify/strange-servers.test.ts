import { randomUUID } from 'node:crypto';
import { connectAws } from '../../lib/aws/connect';
import { verify } from '../../lib/verify/verify';
import { AWS_KMS } from './configs';
import { MIDDLEBOXES, startStrangeServer } from './strange-servers';

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
