import { getProfileName, loadSharedConfigFiles } from '@smithy/core/config';

/** What the profile in use says, as the SDK reads it. Never a secret. */
export interface SharedProfile {
  readonly name: string;
  readonly region?: string | undefined;
  readonly credentialProcess?: string | undefined;
  /** Names of all profiles that have an access key. */
  readonly withKeys: readonly string[];
  /** The roles that are assumed one from the other, that of the profile in use first. */
  readonly chain: readonly AssumedRole[];
}

/** A profile that assumes a role, and what it starts from. */
export interface AssumedRole {
  readonly profile: string;
  readonly roleArn: string;
  readonly needsMfa: boolean;
  readonly from: RoleSource;
}

/** `nothing`: the profile names no source; `circle`, `missing`: the profile that it names. */
export interface RoleSource {
  readonly kind: 'profile' | 'credential_source' | 'web identity' | 'nothing' | 'circle' | 'missing';
  readonly name: string;
}

type Settings = Readonly<Record<string, string | undefined>>;
type Profiles = Readonly<Record<string, Settings | undefined>>;

/**
 * Reads the profile that AWS_PROFILE names, `default` else, from the shared config and credentials files as they are now.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export async function readSharedProfile(): Promise<SharedProfile> {
  const name = getProfileName({});
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])];
  const profiles: Profiles = Object.fromEntries(
    names.map((one) => [one, { ...configFile[one], ...credentialsFile[one] }]),
  );
  const settings = profiles[name];
  return {
    name,
    region: settings?.region,
    credentialProcess: settings?.credential_process,
    withKeys: names.filter((one) => profiles[one]?.aws_access_key_id !== undefined),
    chain: chainFrom(name, profiles, []),
  };
}

function chainFrom(name: string, profiles: Profiles, before: readonly string[]): readonly AssumedRole[] {
  const { role_arn: roleArn, ...settings } = profiles[name] ?? {};
  if (roleArn === undefined) return [];
  const from = sourceOf({ name, settings, profiles, before });
  const link = { profile: name, roleArn, needsMfa: settings.mfa_serial !== undefined, from };
  return from.kind === 'profile' ? [link, ...chainFrom(from.name, profiles, [...before, name])] : [link];
}

interface SourceQuestion {
  readonly name: string;
  readonly settings: Settings;
  readonly profiles: Profiles;
  /** The profiles that led here. */
  readonly before: readonly string[];
}

function sourceOf({ name, settings, profiles, before }: SourceQuestion): RoleSource {
  const { source_profile: source, credential_source: place, web_identity_token_file: token } = settings;
  if (token !== undefined) return { kind: 'web identity', name: token };
  if (place !== undefined) return { kind: 'credential_source', name: place };
  if (source === undefined) return { kind: 'nothing', name };
  if (profiles[source] === undefined) return { kind: 'missing', name: source };
  // A profile may start from its own keys.
  const isCircle = before.includes(source) || (source === name && settings.aws_access_key_id === undefined);
  return isCircle || source === name
    ? { kind: isCircle ? 'circle' : 'nothing', name: source }
    : { kind: 'profile', name: source };
}
