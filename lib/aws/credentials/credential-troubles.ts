import type { ProcessEnvironment } from '../../process-environment';
import type { ContainerAnswer } from './ask-container';
import { HELPER_TROUBLES } from './helper-troubles';

/** Facts about a search for credentials that found none. */
export interface SearchEvidence {
  /** The words of the SDK's providers. */
  readonly reason: string;
  readonly env: ProcessEnvironment;
  readonly container?: ContainerAnswer | undefined;
}

/** A reason why there are no credentials. */
export interface CredentialTrouble {
  readonly id: string;
  readonly fits: (evidence: SearchEvidence) => boolean;
  readonly found: (evidence: SearchEvidence) => string;
  /** @param giver - what gives a Vault host its credentials, as in `the instance profile` */
  readonly fix: (evidence: SearchEvidence, giver: string) => string;
}

const BY_HAND =
  'Run the command of credential_process in ~/.aws/config by hand, as the user of this run; it must print its JSON and end';

/** The SDK's words for a `credential_process` that failed, which end with those of the program. */
const OF_PROCESS = /credential_process returned|did not return Version|Command failed: /;

/** As the SDK reads it: any word but `false`. */
function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}

function isContainer(env: ProcessEnvironment): boolean {
  return Boolean(env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || env.AWS_CONTAINER_CREDENTIALS_FULL_URI);
}

/** Causes by the words of the providers and by the environment; the first that fits counts. */
export const CREDENTIAL_TROUBLES: readonly CredentialTrouble[] = [
  {
    id: 'credentials-late',
    fits: ({ reason }) => /^No credentials came within|; No credentials came within/.test(reason),
    found: () => 'whoever gives them does not answer, as a credential_process that waits for something',
    fix: () => BY_HAND,
  },
  ...HELPER_TROUBLES.map(({ id, words, found, fix }) => ({
    id,
    fits: ({ reason }: SearchEvidence) => OF_PROCESS.test(reason) && words.test(reason),
    found: () => found,
    fix: () => fix,
  })),
  {
    id: 'process-failed',
    fits: ({ reason }) => OF_PROCESS.test(reason),
    found: () => 'the credential_process of the profile gave none',
    fix: () => BY_HAND,
  },
  {
    id: 'sso-over',
    fits: ({ reason }) => /SSO (session|token)|aws sso login/i.test(reason),
    found: () => 'the IAM Identity Center sign-in of the profile is over, or was never made',
    fix: ({ env }, giver) =>
      `aws sso login${env.AWS_PROFILE ? ` --profile ${env.AWS_PROFILE}` : ''}; on a Vault host leave the profile out, so that ${giver} is used`,
  },
  {
    id: 'web-identity-token-missing',
    fits: ({ reason, env }) => Boolean(env.AWS_WEB_IDENTITY_TOKEN_FILE) && /\b(ENOENT|EACCES|EISDIR)\b/.test(reason),
    found: ({ env }) => `the file of AWS_WEB_IDENTITY_TOKEN_FILE, ${env.AWS_WEB_IDENTITY_TOKEN_FILE}, cannot be read`,
    fix: (_, giver) =>
      `Mount the token of the service account there and let the user of this run read it, or take the variable out so that ${giver} is used`,
  },
  {
    id: 'web-identity-refused',
    fits: ({ reason, env }) =>
      /AssumeRoleWithWebIdentity|web identity token/i.test(reason) && Boolean(env.AWS_WEB_IDENTITY_TOKEN_FILE),
    found: ({ env }) => `STS does not take the web identity token for ${env.AWS_ROLE_ARN ?? 'the role'}`,
    fix: () =>
      "Compare issuer, audience and subject of the token with the role's trust policy and the identity provider in IAM",
  },
  {
    id: 'container-token-refused',
    fits: ({ container }) => container?.status === 401 || container?.status === 403,
    found: ({ container }) =>
      `the container credentials endpoint ${container?.url} refuses the token (HTTP ${container?.status})`,
    fix: () =>
      'Compare AWS_CONTAINER_AUTHORIZATION_TOKEN or its file with what the agent of the task or pod handed out; restarting the task or pod gives a new one',
  },
  {
    id: 'container-settings',
    fits: ({ container }) => container?.unreadable !== undefined,
    found: ({ container }) => container?.unreadable ?? '',
    fix: () =>
      'Correct AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, or let the agent of the task or pod set them',
  },
  {
    id: 'container-endpoint-silent',
    fits: ({ container }) => container?.failure !== undefined,
    found: ({ container }) =>
      `the container credentials endpoint ${container?.url} does not answer (${container?.failure})`,
    fix: () =>
      'Look at the agent that serves it, the ECS or the EKS Pod Identity agent, and at what lies between; a hop through a proxy or another network does not reach it',
  },
  {
    id: 'container-endpoint-refuses',
    fits: ({ container }) => container?.status !== undefined && container.status !== 200,
    found: ({ container }) => `the container credentials endpoint ${container?.url} answers HTTP ${container?.status}`,
    fix: () => 'Give the task or the service account its role, and let the role trust it',
  },
  {
    id: 'container-url-refused',
    fits: ({ reason, container }) =>
      container !== undefined && /not a valid container metadata|URL not accepted/.test(reason),
    found: ({ container }) => `${container?.url} is not an address that the SDK takes credentials from`,
    fix: () =>
      'Correct AWS_CONTAINER_CREDENTIALS_FULL_URI: HTTPS, this host itself, or the address of the ECS or EKS agent',
  },
  {
    id: 'profile-missing',
    fits: ({ reason }) => /Profile \S+ could not be found/.test(reason),
    found: ({ reason }) =>
      `${/Profile \S+ could not be found/.exec(reason)?.[0]} in ~/.aws/config and ~/.aws/credentials`,
    fix: (_, giver) => `Correct the name of the profile, or leave it out (AWS_PROFILE) so that ${giver} is used`,
  },
  {
    id: 'role-refused',
    fits: ({ reason }) => /not authorized to perform: sts:AssumeRole/.test(reason),
    found: () => 'STS does not let the source of the profile assume its role',
    fix: () =>
      "Let the role's trust policy admit whoever the profile starts from, and their policies allow sts:AssumeRole",
  },
  {
    id: 'metadata-off-by-variable',
    fits: ({ env }) => isOn(env.AWS_EC2_METADATA_DISABLED) && !isContainer(env),
    found: () => 'AWS_EC2_METADATA_DISABLED keeps this process from the instance metadata service',
    fix: () =>
      'Take the variable out of the environment of this process, as in its systemd unit or container, or set it to false',
  },
];
