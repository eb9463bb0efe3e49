import { resolve } from 'node:path';
import type { Environment } from '../config/environment';
import { loadEnvironments } from '../config/load';
import { ToolkitError } from '../errors';
import type { ProcessEnvironment } from '../process-environment';
import { describeDenial } from '../rehearsal/denial-text';
import { deployEnvironments } from '../rehearsal/deploy-environments';
import type { OnStep } from '../rehearsal/step';
import { createWorkspace, type Workspace } from '../rehearsal/workspace';
import type { RequestLogEntry, SimulatedAccount } from '../simulated-aws';
import { type FaultSource, faultSource } from './fault-source';
import { openLogFile } from './log-file';
import { readNamedFile } from './named-file';
import { choosePlaces } from './places';
import { parseSigningKeysFile } from './signing-keys-file';
import type { Simulation } from './simulation';
import { startSimulation } from './start-simulation';

/** The options of a simulation, as they are typed. */
export interface SimulateOptions {
  /** Environments. */
  readonly names: readonly string[];
  /** Folder of the environment files. */
  readonly environments: string;
  readonly deploy: boolean;
  readonly account: readonly string[];
  readonly region: readonly string[];
  readonly port: number;
  readonly metadataPort: number;
  readonly instanceProfile?: string | undefined;
  readonly hopLimit: number;
  /** Folder that keeps everything. */
  readonly state?: string | undefined;
  readonly log?: string | undefined;
  readonly explain: boolean;
  readonly faults?: string | undefined;
  readonly faultSeed?: string | undefined;
  /** Milliseconds. */
  readonly latency: number;
  /** Seconds. */
  readonly propagationDelay: number;
  readonly signingKeys?: string | undefined;
}

/** The settings of a simulation. */
export interface SimulateSurroundings {
  /** Folder of the package. */
  readonly root: string;
  /** Folder that relative paths start from. */
  readonly folder: string;
  readonly env: ProcessEnvironment;
  readonly signal: AbortSignal;
  /** Whatever is worth a line while it runs. */
  readonly note: (text: string) => void;
  readonly onStep: OnStep;
}

export interface RunningSimulateCommand {
  readonly summary: Simulation;
  /** Settles when the signal is aborted. */
  readonly untilStopped: () => Promise<void>;
  /** Ends it, and removes every file that it made for itself. */
  readonly stop: () => Promise<void>;
}

/**
 * Runs simulated accounts with what the command line asks for. Nothing is left behind when it cannot start.
 *
 * @throws {ToolkitError} what the options are wrong in, `PortNotFree`, `DeploymentFailed`, `LogNotWritable`, `BadFaults`,
 *   `BadSigningKeys`, `SigningKeysNotFound`
 */
export async function simulate(
  options: SimulateOptions,
  around: SimulateSurroundings,
): Promise<RunningSimulateCommand> {
  const environments = chosenEnvironments(options, around);
  const places = choosePlaces(options, environments);
  const faults = faultSourceOf(options, around);
  const rules = faults.read();
  const signingKeys = readSigningKeys(options, around);
  const records = openRecords(options, around);
  const workspace = createWorkspace();
  const clean = () => {
    records.close();
    workspace.remove();
  };
  try {
    const { account, summary } = await startSimulation({
      ...places,
      ...accountOptions(options, around),
      environments,
      faults: rules,
      ...signingKeys,
      onRequest: records.record,
      deploy: (running) => deploy(running, { environments, options, around, workspace }),
      root: around.root,
      writeFile: workspace.write,
    });
    const unfollow = faults.follow(() => changeFaults(account, faults, around));
    return {
      summary,
      untilStopped: () => untilAborted(around.signal),
      stop: async () => {
        unfollow();
        await account.stop();
        clean();
      },
    };
  } catch (error) {
    clean();
    throw error;
  }
}

/** The options that concern the accounts. */
function accountOptions(options: SimulateOptions, { folder }: SimulateSurroundings) {
  const { faultSeed, instanceProfile, state, propagationDelay, port, metadataPort, hopLimit } = options;
  return {
    ...{ port, metadataPort, hopLimit },
    propagationDelayMs: propagationDelay * 1000,
    ...(faultSeed === undefined ? {} : { faultSeed }),
    ...(instanceProfile === undefined ? {} : { instanceProfileName: instanceProfile }),
    ...(state === undefined ? {} : { stateFolder: resolve(folder, state) }),
  };
}

function chosenEnvironments({ names, environments }: SimulateOptions, { folder }: SimulateSurroundings) {
  return names.length === 0 ? [] : loadEnvironments({ folder: resolve(folder, environments), names });
}

function faultSourceOf({ faults, latency }: SimulateOptions, { folder }: SimulateSurroundings): FaultSource {
  return faultSource(latency, faults === undefined ? undefined : { path: resolve(folder, faults), name: faults });
}

function readSigningKeys({ signingKeys: name }: SimulateOptions, { folder }: SimulateSurroundings) {
  if (name === undefined) return {};
  const expected = { code: 'SigningKeysNotFound', content: 'signing keys' };
  const text = readNamedFile({ path: resolve(folder, name), name }, expected);
  return { signingKeys: parseSigningKeysFile(text, name) };
}

/** Where each request is written down: in the log, and on the screen when it was denied. */
function openRecords({ log, explain }: SimulateOptions, { folder, note }: SimulateSurroundings) {
  const file = log === undefined ? undefined : openLogFile(resolve(folder, log));
  return {
    record: (entry: RequestLogEntry) => {
      file?.append(entry);
      if (explain) for (const line of describeDenial(entry)) note(`${line}\n`);
    },
    close: () => file?.close(),
  };
}

interface Deployment {
  readonly environments: readonly Environment[];
  readonly options: SimulateOptions;
  readonly around: SimulateSurroundings;
  readonly workspace: Workspace;
}

/** Deploys the environments that a kept state does not have already. */
async function deploy(account: SimulatedAccount, { environments, options, around, workspace }: Deployment) {
  const missing = environments.filter(({ bucket }) => !account.state.s3.buckets.has(bucket));
  if (!options.deploy || missing.length === 0) return;
  const { root, folder, env, signal, onStep } = around;
  const environmentsFolder = resolve(folder, options.environments);
  await deployEnvironments(account, {
    root,
    environmentsFolder,
    environments: missing,
    env,
    signal,
    onStep,
    workspace,
  });
}

/** Rules that are wrong change nothing. */
function changeFaults({ faults }: SimulatedAccount, source: FaultSource, { note }: SimulateSurroundings): void {
  try {
    faults.set(source.read());
    note('The fault rules have changed.\n');
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    note(`The fault rules stay as they are: ${error.message}\n`);
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolvePromise) => {
    if (signal.aborted) resolvePromise();
    else signal.addEventListener('abort', () => resolvePromise(), { once: true });
  });
}
