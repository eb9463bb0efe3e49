import { accountOf } from '../arn';
import { type BackupEnvironment, renderSettingsSheetText, settingsSheet } from '../backup-environment';
import { ToolkitError } from '../errors';
import { roleArn } from '../policy/resource-names';
import { type SimulatedAccount, startSimulatedAccount } from '../simulated-aws';
import type { Verification } from '../verify/result/verification';
import { accountRegions } from './account-regions';
import { compareAsOperator } from './compare-as-operator';
import { deploy } from './deploy';
import { rehearseHost } from './hosts';
import { prepareAccount } from './prepare-account';
import { changedObjects, type EarlierObject, prepareDescribed } from './prepare-described';
import type { EnvironmentRehearsal } from './rehearsal';
import type { Rehearsing } from './rehearsing';
import { stackToDeploy } from './stack-to-deploy';
import { type StepOutcome, StepRunner } from './step';
import { verifyOnHost } from './verify-on-host';

/** Facts that became known on the way; fewer when a step did not pass. */
interface Findings {
  readonly assumed?: readonly string[];
  readonly config?: BackupEnvironment;
  readonly verification?: Verification;
  readonly comparison?: Verification;
}

/** The whole flow for one environment. Its simulated account is stopped whatever happens. */
export async function rehearseEnvironment(options: Omit<Rehearsing, 'runner'>): Promise<EnvironmentRehearsal> {
  const runner = new StepRunner(options.environment.name, options.onStep, () => performance.now());
  const rehearsing = { ...options, runner };
  const stackFolder = await runner.run('synthesize', () => stackToDeploy(rehearsing));
  if (stackFolder === undefined) return report(rehearsing, {});
  let account: SimulatedAccount | undefined;
  try {
    account = await runner.run('start-account', () => startAccount(rehearsing));
    return report(rehearsing, account ? await rehearseIn(account, stackFolder, rehearsing) : {});
  } finally {
    await account?.stop();
  }
}

async function startAccount({ environment }: Rehearsing): Promise<StepOutcome<SimulatedAccount>> {
  const { account: accountId, region, partition } = environment;
  const [, ...otherRegions] = accountRegions([region]);
  const ofRole = accountOf(roleArn(environment));
  const otherAccountIds = ofRole === accountId ? [] : [ofRole];
  const account = await startSimulatedAccount({ accountId, otherAccountIds, region, otherRegions, partition });
  return { value: account, detail: `account ${accountId} in ${region} at ${account.endpoint}` };
}

async function rehearseIn(account: SimulatedAccount, stackFolder: string, rehearsing: Rehearsing): Promise<Findings> {
  const { runner, files, environment } = rehearsing;
  files.write('ca.pem', account.caCertificatePem);
  const { otherBucket, assumed: ofAccount } = prepareAccount(account.state, environment);
  const { state } = account;
  const built = rehearsing.described && prepareDescribed(state, environment, rehearsing.described);
  const assumed = [...ofAccount, ...(built?.assumed ?? [])];
  const config = await deploy(account, stackFolder, rehearsing);
  if (config === undefined) return { assumed };
  if (built !== undefined)
    await runner.run('compare-objects', async () => compareObjects(state, environment.bucket, built.objects));
  const host = await rehearseHost(account, config, rehearsing);
  if (host === undefined) return { assumed, config };
  const configFile = files.path('backup-environment.json');
  const verification = await runner.run('verify', () =>
    verifyOnHost({ ...rehearsing, account, host, otherBucket, configFile }),
  );
  const comparison = await runner.run('compare', () =>
    compareAsOperator({ ...rehearsing, account, host, stackFolder, configFile }),
  );
  return { assumed, config, ...(verification && { verification }), ...(comparison && { comparison }) };
}

/** @throws {ToolkitError} `ObjectsChanged` */
function compareObjects(
  state: SimulatedAccount['state'],
  bucket: string,
  objects: readonly EarlierObject[],
): StepOutcome<true> {
  const changed = changedObjects(state, bucket, objects);
  if (changed.length === 0) return { value: true, detail: `${objects.length} objects are what they were` };
  throw new ToolkitError(
    'ObjectsChanged',
    `'${bucket}' must keep every object, got others in place of: ${changed.join(', ')}`,
  );
}

function report({ environment, keep, files, runner }: Rehearsing, findings: Findings): EnvironmentRehearsal {
  return {
    name: environment.name,
    verdict: worstOf(runner.steps.map(({ result }) => result)),
    steps: runner.steps,
    assumed: findings.assumed ?? [],
    ...(findings.verification && { verification: findings.verification }),
    ...(findings.comparison && { comparison: findings.comparison }),
    ...(findings.config && { settingsSheet: renderSettingsSheetText(settingsSheet(findings.config)) }),
    ...(keep && { folder: files.folder }),
  };
}

/** `fail` before `inconclusive` before `pass`; nothing at all is no pass. */
export function worstOf(verdicts: readonly EnvironmentRehearsal['verdict'][]): EnvironmentRehearsal['verdict'] {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'inconclusive';
}
