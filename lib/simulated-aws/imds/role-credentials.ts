import { evaluate } from '../../iam';
import { describeTime } from '../iam/entities/descriptions';
import { ec2ServicePrincipal } from '../iam/principals/instance-profiles';
import { resourceTagContext } from '../iam/request/tags';
import type { AccountState } from '../state/account-state';
import type { Role } from '../state/services/iam-state';
import { startRoleSession } from '../sts/session/role-session';
import type { TemporaryCredentials } from '../sts/session/session';
import type { Instance } from './instance';

const DURATION_SECONDS = 21_600;
/** New credentials are there long before the old ones expire. */
const RENEWAL_MS = 900_000;

/** The holder of a role's credentials: an instance or a container. */
export interface CredentialHolder {
  /** The service that assumes the role, which the role must trust. */
  readonly servicePrincipal: string;
  readonly sessionName: string;
  /** Condition keys of requests that are made with the credentials. */
  readonly context: Readonly<Record<string, string>>;
}

export function instanceHolder(account: AccountState, instance: Instance): CredentialHolder {
  return {
    servicePrincipal: ec2ServicePrincipal(account),
    sessionName: instance.instanceId,
    context: deliveryContext(instance),
  };
}

/** The role's credentials that something holds at the moment. */
export class RoleCredentials {
  private held: { readonly roleId: string; readonly credentials: TemporaryCredentials } | undefined;

  constructor(
    private readonly account: AccountState,
    private readonly holder: CredentialHolder,
  ) {}

  /** The document at `security-credentials/<role>`: credentials, or why there are none. */
  describe(role: Role): object {
    const credentials = this.tryGet(role);
    if (credentials === undefined) {
      return {
        Code: 'AssumeRoleUnauthorizedAccess',
        Message: `EC2 cannot assume the role ${role.name}. Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.`,
        LastUpdated: describeTime(this.account.now()),
      };
    }
    return {
      Code: 'Success',
      LastUpdated: describeTime(credentials.issuedAt),
      Type: 'AWS-HMAC',
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      Token: credentials.sessionToken,
      Expiration: describeTime(credentials.expiresAt),
    };
  }

  /** Drops what is held, so that the next request starts a new session. */
  forget(): void {
    this.held = undefined;
  }

  /** The credentials, renewed in time; `undefined` when the role does not trust the service. */
  tryGet(role: Role): TemporaryCredentials | undefined {
    const renewFrom = new Date(this.account.now().getTime() + RENEWAL_MS);
    if (this.held?.roleId === role.id && this.held.credentials.expiresAt > renewFrom) {
      return this.held.credentials;
    }
    if (!isTrusting(this.account, role, this.holder)) {
      return undefined;
    }
    const credentials = startRoleSession(this.account, role, {
      sessionName: this.holder.sessionName,
      durationSeconds: DURATION_SECONDS,
      context: this.holder.context,
    });
    this.account.accounts.keep();
    this.held = { roleId: role.id, credentials };
    return credentials;
  }
}

/** Whether the role's trust policy admits the service. */
function isTrusting(account: AccountState, role: Role, { servicePrincipal: service }: CredentialHolder): boolean {
  const now = account.now();
  const decision = evaluate(
    {
      principal: { kind: 'service', service },
      action: 'sts:AssumeRole',
      resource: role.arn,
      resourceAccount: account.accountId,
      context: {
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalServiceName': service,
        'aws:CurrentTime': now.toISOString(),
        'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
        ...resourceTagContext(role.tags),
      },
    },
    { identity: [], resource: role.trustPolicy.parsed },
  );
  return decision.result === 'allowed';
}

/**
 * Condition keys of requests that are made with an instance's role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-role-properties
 */
function deliveryContext({ arn, vpcId, privateIp }: Instance): Readonly<Record<string, string>> {
  return {
    'ec2:SourceInstanceArn': arn,
    'ec2:RoleDelivery': '2.0',
    'aws:Ec2InstanceSourceVpc': vpcId,
    'aws:Ec2InstanceSourcePrivateIPv4': privateIp,
  };
}
