import { type Chain, type Style, type Variables, variablesOf } from './credential-sources';
import { type Client, expectedLines } from './outcomes';
import { describeWithProgram, type Ended, type ProgramName, runProgram, testWithNames } from './program';
import {
  EXAMPLE_NAMES,
  type ExampleName,
  endpointOf,
  OTHER_BUCKET,
  startVaultHost,
  type VaultHost,
} from './vault-host';

/** A program of the tests that is made of one library, and the clients of the library that it tries. */
export interface ClientProgram {
  readonly program: ProgramName;
  readonly args?: readonly string[];
  readonly clients: readonly Client[];
  /** Chains that the library has, where it lacks some. */
  readonly chains?: readonly Chain[];
}

interface Run {
  readonly example: ExampleName;
  readonly style: Style;
  readonly chain: Chain;
}

/** Both examples in both styles, and each chain. */
const RUNS: readonly Run[] = [
  { example: 'aes-256', style: 'path', chain: 'metadata' },
  { example: 'aes-256', style: 'virtual', chain: 'profile' },
  { example: 'aws-kms', style: 'path', chain: 'credential-process' },
  { example: 'aws-kms', style: 'virtual', chain: 'metadata' },
];

/** Programs start anew for every run, side by side with others, and a busy machine is no failure. */
jest.setTimeout(600_000);

/** Runs the programs against both examples: each line of theirs is held against the outcome that AWS has for it. */
export function describeClients(programs: readonly ClientProgram[]): void {
  const hosts = new Map<ExampleName, VaultHost>();

  beforeAll(async () => {
    for (const name of EXAMPLE_NAMES) hosts.set(name, await startVaultHost(name));
  });

  afterAll(async () => {
    for (const host of hosts.values()) await host.stop();
  });

  for (const program of programs) {
    describeWithProgram(program.program, () => {
      for (const run of RUNS.map((one) => ({ ...one, chain: supported(program, one.chain) }))) {
        testWithNames(
          `does in ${run.example} what the role may, and no more: ${run.style}, ${run.chain}`,
          run,
          async () => {
            const host = hosts.get(run.example);
            if (host === undefined) throw new Error(`no host for ${run.example}`);
            const env = await settingsOf(host, run);
            const ended = await runProgram(program.program, program.args ?? [], { env, cwd: host.folder });
            expect(linesOf(ended)).toEqual(expectedLines(program.clients));
          },
        );
      }
    });
  }
}

function supported({ chains }: ClientProgram, chain: Chain): Chain {
  return chains === undefined || chains.includes(chain) ? chain : (chains[0] ?? chain);
}

async function settingsOf(host: VaultHost, { example, style, chain }: Run): Promise<Variables> {
  const { account, bucket, caFile, folder } = host;
  return {
    ...(await variablesOf(host.credentials, chain, style)),
    AWS_ENDPOINT_URL: endpointOf(account, style),
    AWS_CA_BUNDLE: caFile,
    SSL_CERT_FILE: caFile,
    HOME: folder,
    TMPDIR: folder,
    CHAIN: chain,
    BUCKET: bucket,
    OTHER_BUCKET,
    STYLE: style,
    WRONG_ENCRYPTION: example === 'aes-256' ? 'aws:kms' : 'AES256',
  };
}

/** The lines, sorted, with each client's together; what the program said beside them where it said nothing. */
function linesOf({ exitCode, stdout, stderr }: Ended): readonly string[] {
  const lines = stdout.split('\n').filter((line) => line.includes('\t'));
  if (exitCode === 0) return lines.sort();
  return [...lines, `ended with ${exitCode}`, ...stderr.split('\n').slice(-20)];
}
