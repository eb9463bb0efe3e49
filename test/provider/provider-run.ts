import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolkitError } from '../../lib/errors';
import { administratorEnvironment } from '../../lib/rehearsal/simulated-environments';
import { type SimulatedAccount, type SimulatedAccountOptions, startSimulatedAccount } from '../../lib/simulated-aws';
import { synthesize } from '../../lib/synthesis/synthesize';
import { createTerraform, findTerraform, type Terraform } from '../../lib/terraform';
import { ROOT } from '../e2e/run-vault-env';

/** Ten times what the longest of these tests takes alone: beside others it waits for Terraform and for them. */
export const HALF_AN_HOUR_MS = 1_800_000;

/** A simulated account, and a folder that is removed with it. */
export interface Place {
  readonly account: SimulatedAccount;
  readonly folder: string;
  readonly region: string;
}

/** Runs with an account of its own, and stops it whatever happens. */
export async function inAccount<T>(options: SimulatedAccountOptions, run: (place: Place) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'deployment-'));
  const account = await startSimulatedAccount(options);
  try {
    return await run({ account, folder, region: options.region });
  } finally {
    await account.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Terraform in a folder, as the account's administrator. */
export async function terraformIn(
  place: Place,
  configuration: string,
  variables: NodeJS.ProcessEnv = {},
): Promise<Terraform> {
  const env = { ...environmentIn(place), ...variables };
  return createTerraform({ binary: await findTerraform(process.env), folder: configuration, env });
}

/** The environment of a shell of the account's administrator. */
export function environmentIn({ account, folder, region }: Place): NodeJS.ProcessEnv {
  const certificateFile = join(folder, 'ca.pem');
  const emptyFile = join(folder, 'empty');
  writeFileSync(certificateFile, account.caCertificatePem);
  writeFileSync(emptyFile, '');
  const endpoint = { endpoint: account.endpoint, certificateFile, emptyFile, region };
  return { ...administratorEnvironment(process.env, endpoint, account.administrator) };
}

/** The folder of a stack that was synthesized into the place's folder. */
export async function synthesizeInto({ folder }: Place, environmentsFolder: string, name: string): Promise<string> {
  const {
    stacks: [stack],
  } = await synthesize({
    root: ROOT,
    outFolder: join(folder, 'cdktf.out'),
    environmentsFolder,
    names: [name],
    env: process.env,
    signal: new AbortController().signal,
  });
  return stack?.folder ?? '';
}

/** Something to do, and what to call it. */
export type Step = readonly [title: string, work: () => Promise<unknown>];

/** Takes each step, also after one that failed, and tells what each came to. */
export async function take(steps: readonly Step[]): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const [title, work] of steps)
    taken.push(`${title}: ${await work().then((result) => result ?? 'done', reasonOf)}`);
  return taken;
}

/** Terraform's own words for why it did not do it. */
export function reasonOf(error: unknown): string {
  return error instanceof ToolkitError ? (/^Error: (.*)$/m.exec(error.message)?.[1] ?? error.message) : String(error);
}

/** Deployed things that are still there; a key is gone once its deletion is scheduled. */
export function whatIsLeft({ state }: SimulatedAccount, prefixes: readonly string[]): readonly string[] {
  const names = [
    ...state.s3.buckets.keys(),
    ...state.iam.roles.keys(),
    ...state.iam.instanceProfiles.keys(),
    ...[...state.iam.policies.values()].map((policy) => policy.name),
    ...[...state.rolesAnywhere.trustAnchors.values()].map(({ name }) => name),
    ...[...state.rolesAnywhere.profiles.values()].map(({ name }) => name),
    ...[...state.iam.openIdConnectProviders.values()].map(({ url }) => url),
  ].filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
  const keys = [...state.kms.keys.values()].filter(
    ({ deletionDate, manager }) => deletionDate === undefined && manager === 'CUSTOMER',
  );
  const aliases = [...state.kms.aliases.keys()].filter((name) => !name.startsWith('alias/aws/'));
  return [...names, ...aliases, ...keys.map(() => 'key')].sort();
}
