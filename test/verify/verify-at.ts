import { randomUUID } from 'node:crypto';
import { connectAws } from '../../lib/aws/connect';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { verify } from '../../lib/verify/verify';

const saved = process.env;

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Temporary credentials that nobody gave. */
const NOBODYS: Keys = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret' };

/** Verifies at one endpoint for all services, without waiting. */
export async function verifyAt(endpoint: string, config: BackupEnvironment, keys = NOBODYS) {
  process.env = {
    PATH: saved.PATH,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_SESSION_TOKEN: 'token',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
  const aws = connectAws({ region: config.aws.region });
  try {
    return await verify({ config, aws, now: () => new Date(), randomId: randomUUID, timeoutMs: 0, settleMs: 0 });
  } finally {
    aws.close();
    process.env = saved;
  }
}
