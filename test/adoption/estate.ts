import type { Adoption } from '../../lib/adoption/adoption';
import { examineAdoption } from '../../lib/adoption/examine-adoption';
import { readWanted } from '../../lib/adoption/wanted';
import type { WaiverEntry } from '../../lib/audit/waivers/waiver';
import { connectControlPlane } from '../../lib/aws/control-plane';
import type { Catalogue } from '../../lib/catalogue';
import type { Environment } from '../../lib/config/environment';
import {
  importAlias,
  importBucket,
  importKey,
  type SimulatedAccount,
  startSimulatedAccount,
} from '../../lib/simulated-aws';
import { type Administrator, administratorOf, deployStack } from '../support/deploy-stack';
import { FIXTURES, loadExample, synthesizeStack } from '../support/synthesize';

export const ADOPTED: Environment = loadExample(FIXTURES, 'adopted');
export const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
export const KEY_ARN = `arn:aws:kms:us-east-2:111122223333:key/${KEY_ID}`;
export const BUCKET = 'example-vault-adopted';
export const ROLE = 'vault-backup-of-earlier-days';

/** An account that holds already what the environment asks for, to the letter. */
export interface Estate extends Administrator {
  readonly account: SimulatedAccount;
}

export async function buildEstate(): Promise<Estate> {
  const account = await startSimulatedAccount({ accountId: ADOPTED.account, region: ADOPTED.region });
  const { state } = account;
  importBucket(state, 'example-access-logs');
  const { text } = synthesizeStack(ADOPTED);
  const stack = JSON.parse(text.replaceAll('${aws_kms_key.backup.arn}', KEY_ARN));
  const rotation = { periodDays: 365, enabledAt: new Date(0) };
  importKey(state, { keyId: KEY_ID, policy: stack.resource.aws_kms_key.backup.policy, rotation });
  importAlias(state, `alias/${ROLE}`, KEY_ID);
  delete stack.resource.aws_kms_key;
  const administrator = administratorOf(account);
  await deployStack(administrator, JSON.stringify(stack));
  return { ...administrator, account };
}

const texts = new Map<string, string>();

function stackOf(environment: Environment): string {
  const name = JSON.stringify(environment);
  const known = texts.get(name) ?? synthesizeStack(environment).text;
  texts.set(name, known);
  return known;
}

interface Examining {
  readonly catalogue: Catalogue;
  readonly environment?: Environment;
  readonly accepted?: readonly WaiverEntry[];
}

/** The answer of `adopt` about the account, as its administrator. */
export async function examine(
  estate: Estate,
  { catalogue, environment = ADOPTED, accepted = [] }: Examining,
): Promise<Adoption> {
  const { endpoint, administrator, caCertificatePem } = estate.account;
  const none = '/nonexistent';
  const saved = process.env;
  process.env = {
    PATH: saved.PATH,
    AWS_CONFIG_FILE: none,
    AWS_SHARED_CREDENTIALS_FILE: none,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
  };
  const controlPlane = connectControlPlane({ region: environment.region, caCertificatesPem: caCertificatePem });
  try {
    const wanted = readWanted(environment, stackOf(environment), 'cdk.tf.json');
    return await examineAdoption({
      wanted,
      controlPlane,
      catalogue,
      accepted,
      now: new Date(),
      acceptsOtherEndpoints: true,
    });
  } finally {
    controlPlane.close();
    process.env = saved;
  }
}
