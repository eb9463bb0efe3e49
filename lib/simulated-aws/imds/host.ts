import { ToolkitError } from '../../errors';
import type { AccountState } from '../state/account-state';
import type { TemporaryCredentials } from '../sts/session/session';
import { answerMetadataRequest, TOKEN_PATH } from './answer-metadata-request';
import { type LocalRequest, serveLocally } from './endpoint';
import { type AttachedProfile, createInstance, findInstanceProfile } from './instance';
import { attachedRole, type MetadataSource } from './metadata';
import { instanceHolder, RoleCredentials } from './role-credentials';
import { SessionTokens } from './session-tokens';

export interface HostOptions {
  /** Port of the metadata service. @default - a free one */
  readonly port?: number;
  /** How many hops the answer travels that carries a token: 1 to 64. Containers need 2. @default 1 */
  readonly hopLimit?: number;
  /** The instance profile that the instance gets as soon as the account has one of this name. @default - none */
  readonly instanceProfileName?: string;
}

/** A role's credentials on an instance. */
export interface HostCredentials extends TemporaryCredentials {
  readonly roleName: string;
}

/** A simulated EC2 instance: its metadata service, and the instance profile that it may have. */
export interface SimulatedHost {
  /** `http://127.0.0.1:PORT`, the value of `AWS_EC2_METADATA_SERVICE_ENDPOINT`. */
  readonly metadataEndpoint: string;
  /** The same service as a container on the instance meets it: one hop further away. */
  readonly containerMetadataEndpoint: string;
  /** `i-…` */
  readonly instanceId: string;
  /** Gives the instance a profile, by name or ARN, in place of the one that it may have. @throws {ToolkitError} `NoSuchInstanceProfile` */
  readonly attachInstanceProfile: (nameOrArn: string) => void;
  readonly detachInstanceProfile: () => void;
  /** The credentials that the metadata service hands out now; `undefined` without a role that trusts EC2. */
  readonly credentials: () => HostCredentials | undefined;
  readonly stop: () => Promise<void>;
}

/**
 * Starts an instance whose metadata service listens on the loopback address.
 *
 * @throws {ToolkitError} `BadHopLimit`
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
export async function startHost(account: AccountState, options: HostOptions = {}): Promise<SimulatedHost> {
  const { port = 0, hopLimit = 1 } = options;
  requireHopLimit(hopLimit);
  const instance = createInstance(account);
  const credentials = new RoleCredentials(account, instanceHolder(account, instance));
  const profile = new InstanceProfileSlot(account, options.instanceProfileName);
  const source: MetadataSource = { account, instance, credentials, profile: () => profile.current() };
  const tokens = new SessionTokens(account);
  const answer = (hops: number) => (request: LocalRequest) =>
    request.path === TOKEN_PATH && hops > hopLimit ? undefined : answerMetadataRequest(source, tokens, request);
  const near = await serveLocally(account, port, answer(1));
  const far = await serveLocally(account, 0, answer(2));
  const change = (attached: AttachedProfile | undefined) => {
    profile.change(attached);
    credentials.forget();
  };
  return {
    metadataEndpoint: near.url,
    containerMetadataEndpoint: far.url,
    instanceId: instance.instanceId,
    attachInstanceProfile: (nameOrArn) => change(findInstanceProfile(account, nameOrArn)),
    detachInstanceProfile: () => change(undefined),
    credentials: () => {
      const role = attachedRole(source);
      const held = role && credentials.tryGet(role);
      return role && held && { ...held, roleName: role.name };
    },
    stop: async () => {
      await Promise.all([near.close(), far.close()]);
    },
  };
}

/** The instance profile that an instance has, or gets as soon as it is there. */
class InstanceProfileSlot {
  private attached: AttachedProfile | undefined;

  constructor(
    private readonly account: AccountState,
    private expectedName: string | undefined,
  ) {}

  current(): AttachedProfile | undefined {
    this.attached ??= this.account.iam.instanceProfiles.get(this.expectedName ?? '');
    return this.attached;
  }

  change(attached: AttachedProfile | undefined): void {
    this.attached = attached;
    this.expectedName = undefined;
  }
}

function requireHopLimit(hopLimit: number): void {
  if (!Number.isInteger(hopLimit) || hopLimit < 1 || hopLimit > 64) {
    throw new ToolkitError('BadHopLimit', `'hopLimit' must be a whole number from 1 to 64, got: ${hopLimit}`);
  }
}
