import { type ShellName, shellLines } from './shell';
import type { HostSummary, Identity, Simulation } from './simulation';

/** How the text is made. */
export interface TextOptions {
  readonly shell: ShellName;
  readonly paint: (text: string, style: 'bold') => string;
}

/** A running simulation for a person: where it is, and what to paste to act as someone there. Pure. */
export function renderSimulationText(simulation: Simulation, options: TextOptions): string {
  const { endpoint, plainEndpoint, caFile, accounts, regions, hosts, faultSeed, assumed } = simulation;
  const rows: readonly (readonly [string, string])[] = [
    ['HTTPS', endpoint],
    ['HTTP', plainEndpoint],
    ...hosts.map(hostRow),
    ['CA file', caFile],
    ['Accounts', `${accounts.map(({ accountId }) => accountId).join(', ')} in ${regions.join(', ')}`],
    ['Fault seed', faultSeed],
  ];
  const identities = [
    ...accounts.map(({ administrator }) => administrator),
    ...hosts.flatMap(({ role, onHost }) => [...(role === undefined ? [] : [role]), onHost]),
  ];
  const lines = [
    options.paint('Simulated AWS: nothing here is real', 'bold'),
    ...rows.map(([name, value]) => `  ${name.padEnd(10)}  ${value}`),
    ...assumed.map((sentence) => `  Assumed: ${sentence}`),
    ...identities.flatMap((identity) => ['', ...renderIdentity(identity, options)]),
  ];
  return `${lines.join('\n')}\n`;
}

function hostRow({ instanceId, accountId, environment, ...host }: HostSummary): readonly [string, string] {
  const place =
    environment === undefined ? `account ${accountId}` : `the Vault host of ${environment} in account ${accountId}`;
  const which = [...(instanceId === undefined ? [] : [instanceId]), place].join(', ');
  const { metadataEndpoint, configFile } = host;
  return metadataEndpoint === undefined
    ? ['AWS config', `${configFile}  (${which})`]
    : ['Metadata', `${metadataEndpoint}  (${which})`];
}

function renderIdentity({ name, variables }: Identity, { shell, paint }: TextOptions): readonly string[] {
  return [paint(`To be ${name}`, 'bold'), ...shellLines(variables, shell).map((line) => `  ${line}`)];
}
