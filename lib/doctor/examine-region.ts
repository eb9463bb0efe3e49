import type { SharedProfile } from '../aws/shared-profile';
import type { BackupEnvironment } from '../backup-environment/schema';
import type { ProcessEnvironment } from '../process-environment';
import type { Finding } from './examination';
import { examinationOf } from './hosts';

const ABOUT = { id: 'region', title: 'The region of this host is that of the bucket' };

/**
 * The role-based form has no region: Vault takes that of its surroundings, which an EC2 instance tells and no other host.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html
 */
export function examineRegion(
  { aws: { region }, host }: BackupEnvironment,
  env: ProcessEnvironment,
  profile: SharedProfile,
): Finding {
  const [where, found] = toldRegion(env, profile);
  const fix = `Set AWS_REGION=${region} for the service that runs Vault, not in this shell alone.`;
  if (found === region) return { ...ABOUT, result: 'pass', found: [`${where} is ${region}.`] };
  if (found !== undefined) {
    return { ...ABOUT, result: 'fail', found: [`${where} is ${found}, and the bucket is in ${region}.`], fix };
  }
  if (examinationOf(host.kind).tellsRegion)
    return { ...ABOUT, result: 'pass', found: ['No variable names one: the instance tells its own.'] };
  return { ...ABOUT, result: 'note', found: ['AWS_REGION is not set here, and nothing off EC2 tells a region.'], fix };
}

function toldRegion(env: ProcessEnvironment, { name, region }: SharedProfile): readonly [string, string | undefined] {
  if (env.AWS_REGION) return ['AWS_REGION', env.AWS_REGION];
  // Vault is a Java program, whose SDK does not know this one; others do.
  if (env.AWS_DEFAULT_REGION) return ['AWS_DEFAULT_REGION', env.AWS_DEFAULT_REGION];
  return [`region of the profile ${name}`, region];
}
