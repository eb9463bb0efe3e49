import { STSClient } from '@aws-sdk/client-sts';
import { makeLean } from '../../lib/aws/lean-client';

const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };

test('a lean client signs with one signer, and looks through nothing for a log', async () => {
  const client = new STSClient({ region: 'us-east-2', credentials });
  const logs = () => client.middlewareStack.identify().filter((one) => one.includes('loggerMiddleware'));
  const scheme = { name: 'sigv4', signingName: 'sts', signingRegion: 'us-east-2', properties: {} };
  const settings = client.config as unknown as { signer: (scheme: object) => Promise<object> };
  const signers = async () => new Set([await settings.signer(scheme), await settings.signer(scheme)]);
  expect({ logs: logs().length, signers: (await signers()).size }).toEqual({ logs: 1, signers: 2 });
  makeLean(client);
  expect({ logs: logs().length, signers: (await signers()).size }).toEqual({ logs: 0, signers: 1 });
});
