import { type BackupEnvironment, renderSettingsSheetText, settingsSheet } from '../backup-environment';
import { type SimulatedAccount, startSimulatedAccount } from '../simulated-aws';
import type { Verification } from '../verify/verification';
import { deploy } from './deploy';
import { prepareAccount } from './prepare-account';
import type { EnvironmentRehearsal } from './rehearsal';
import type { Rehearsing } from './rehearsing';
import { StepRunner } from './step';
import { synthesizeOne } from './synthesize-one';
import { verifyOnHost } from './verify-on-host';

/** What became known on the way; less when a step did not pass. */
interface Findings {
  readonly config?: BackupEnvironment;
  readonly verification?: Verification;
}

/** The whole flow for one environment. Its simulated account is stopped whatever happens. */
export async function rehearseEnvironment(options: Omit<Rehearsing, 'runner'>): Promise<EnvironmentRehearsal> {
  const runner = new StepRunner(options.environment.name, options.onStep, () => performance.now());
  const rehearsing = { ...options, runner };
  const stackFolder = await runner.run('synthesize', () => synthesizeOne(rehearsing));
  if (stackFolder === undefined) return report(rehearsing, {});
  const account = await startAccount(rehearsing);
  try {
    return report(rehearsing, await rehearseIn(account, stackFolder, rehearsing));
  } finally {
    await account.stop();
  }
}

async function startAccount({ environment, files, runner }: Rehearsing): Promise<SimulatedAccount> {
  const { account: accountId, region, partition } = environment;
  const started = await runner.run('start-account', async () => {
    const account = await startSimulatedAccount({ accountId, region, partition });
    files.write('ca.pem', account.caCertificatePem);
    return { value: account, detail: `account ${accountId} in ${region} at ${account.endpoint}` };
  });
  if (started === undefined) throw new Error('the simulated account did not start');
  return started;
}

async function rehearseIn(account: SimulatedAccount, stackFolder: string, rehearsing: Rehearsing): Promise<Findings> {
  const otherBucket = prepareAccount(account.state, rehearsing.environment);
  const config = await deploy(account, stackFolder, rehearsing);
  if (config === undefined) return {};
  const { runner, files } = rehearsing;
  const host = await runner.run('host', async () => {
    const value = await account.startHost();
    value.attachInstanceProfile(config.aws.instanceProfileArn);
    return { value, detail: `${config.aws.instanceProfileArn} at ${value.metadataEndpoint}` };
  });
  if (host === undefined) return { config };
  const configFile = files.path('backup-environment.json');
  const verification = await runner.run('verify', () =>
    verifyOnHost({ ...rehearsing, account, host, otherBucket, configFile }),
  );
  return verification === undefined ? { config } : { config, verification };
}

function report({ environment, keep, files, runner }: Rehearsing, findings: Findings): EnvironmentRehearsal {
  return {
    name: environment.name,
    verdict: worstOf(runner.steps.map(({ result }) => result)),
    steps: runner.steps,
    ...(findings.verification && { verification: findings.verification }),
    ...(findings.config && { settingsSheet: renderSettingsSheetText(settingsSheet(findings.config)) }),
    ...(keep && { folder: files.folder }),
  };
}

/** `fail` before `inconclusive` before `pass`; nothing at all is no pass. */
export function worstOf(verdicts: readonly EnvironmentRehearsal['verdict'][]): EnvironmentRehearsal['verdict'] {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'inconclusive';
}
