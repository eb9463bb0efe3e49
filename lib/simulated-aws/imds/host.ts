import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountState } from '../account-state';
import { serverName } from '../server-name';
import { sendResponse } from '../wire/send-response';
import { answerMetadataRequest } from './answer-metadata-request';
import { type AttachedProfile, createInstance, findInstanceProfile } from './instance';
import { RoleCredentials } from './role-credentials';
import { SessionTokens } from './session-tokens';

/** A simulated EC2 instance: its metadata service, and the instance profile that it may have. */
export interface SimulatedHost {
  /** `http://127.0.0.1:PORT`, the value of `AWS_EC2_METADATA_SERVICE_ENDPOINT`. */
  readonly metadataEndpoint: string;
  /** `i-…` */
  readonly instanceId: string;
  /** Gives the instance a profile, by name or ARN, in place of the one that it may have. @throws {ToolkitError} `NoSuchInstanceProfile` */
  readonly attachInstanceProfile: (nameOrArn: string) => void;
  readonly detachInstanceProfile: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts an instance whose metadata service listens on a free port of the loopback address. */
export async function startHost(account: AccountState): Promise<SimulatedHost> {
  const instance = createInstance(account);
  const credentials = new RoleCredentials(account, instance);
  const tokens = new SessionTokens(account);
  let attached: AttachedProfile | undefined;
  const source = { account, instance, credentials, profile: () => attached };
  const server = createServer((request, response) => {
    request.resume();
    const [path = '/'] = (request.url ?? '/').split('?');
    const answer = answerMetadataRequest(source, tokens, {
      method: request.method ?? 'GET',
      path,
      headers: request.headers,
    });
    sendResponse(response, answer, { server: serverName, date: account.now().toUTCString() });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    metadataEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    instanceId: instance.instanceId,
    attachInstanceProfile: (nameOrArn) => {
      attached = findInstanceProfile(account, nameOrArn);
      credentials.forget();
    },
    detachInstanceProfile: () => {
      attached = undefined;
      credentials.forget();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
