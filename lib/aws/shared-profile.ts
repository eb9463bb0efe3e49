import { getProfileName, loadSharedConfigFiles } from '@smithy/core/config';

/** The profile in use, as the SDK reads it. */
export interface SharedProfile {
  readonly name: string;
  readonly region?: string | undefined;
  readonly credentialProcess?: string | undefined;
}

/**
 * Reads the profile that AWS_PROFILE names, `default` else, from the shared config and credentials files as they are now.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export async function readSharedProfile(): Promise<SharedProfile> {
  const name = getProfileName({});
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const settings = { ...configFile[name], ...credentialsFile[name] };
  return { name, region: settings.region, credentialProcess: settings.credential_process };
}
