import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importBucket, importOpenIdConnectProvider } from '../../../lib/simulated-aws';
import { supplySigningKeys } from '../../../lib/simulated-aws/iam';
import { readPermissionsPolicy, readTrustPolicy } from '../../../lib/simulated-aws/iam/entities/policy-document';
import { type Checkout, createCheckout, runShell } from '../../e2e/checkout';
import { ROOT } from '../../e2e/run-vault-env';
import { createIdentityProvider } from '../../simulated-aws/sts/identity-provider';

/** A repository with environments and the recipe's scripts, and what its pipelines run with. */
export interface Workplace {
  /** A fresh clone, as each job gets one. */
  readonly clone: (job: string) => string;
  /** The variables of a job that is nobody in AWS. */
  readonly nobody: NodeJS.ProcessEnv;
  /** The ARNs of the roles, and the file of the token that opens them. */
  readonly identity: { readonly planRole: string; readonly applyRole: string; readonly tokenFile: string };
  /** The words that were said to `gh`, `curl` and `aws`, and the comments that went with them. */
  readonly said: () => string;
  readonly remove: () => Promise<void>;
}

const ROLE_ARN = 'arn:aws:iam::111122223333:role/';
/** A pipeline that plans changes nothing but the lock of the state. */
const MAY_PLAN = [
  { Effect: 'Allow', Action: ['iam:Get*', 'iam:List*', 's3:Get*', 's3:List*', 'kms:Describe*'], Resource: '*' },
  { Effect: 'Allow', Action: ['kms:Get*', 'kms:List*', 'sts:GetCallerIdentity'], Resource: '*' },
  {
    Effect: 'Allow',
    Action: ['s3:PutObject', 's3:DeleteObject'],
    Resource: 'arn:aws:s3:::acme-terraform-state/*.tflock',
  },
];
const MAY_APPLY = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

const DEFAULTS = `
account: "111122223333"
region: us-east-2
host: { kind: ec2 }
encryption: { method: AES-256 }
otherBucket: example-other-bucket
state: { s3: { bucket: acme-terraform-state, prefix: vault/ } }
`;

/** As npm and the services' own programs would, but for what is downloaded and whom they ask. */
const PROGRAMS: Readonly<Record<string, string>> = {
  npm: 'mkdir -p node_modules/.bin && ln -sf "$PROGRAMS/vault-env" node_modules/.bin/vault-env',
  npx: 'exec node_modules/.bin/"$@"',
  // Where the recipe is followed, AWS answers; here the simulated account does.
  'vault-env': `[ "$1" != verify ] || set -- "$@" --accept-other-endpoints\nexec '${process.execPath}' '${join(ROOT, 'scripts/vault-env.cjs')}' "$@"`,
  gh: 'echo "gh $*" >>"$SAID"; cat comment.md >>"$SAID"',
  curl: 'echo "curl $*" >>"$SAID"; cat comment.md >>"$SAID"',
  aws: 'echo "aws $*" >>"$SAID"; find "$4" -type f >>"$SAID"',
};

/** @param more - the files of further environments, by name */
export async function createWorkplace(more: Readonly<Record<string, string>> = {}): Promise<Workplace> {
  const checkout = await createCheckout((folder) => makeRepository(folder, more));
  const folder = dirname(checkout.folder);
  const said = join(folder, 'said');
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...nobody } = checkout.administrator;
  writeFileSync(said, '');
  writePrograms(join(folder, 'programs'));
  importBucket(checkout.account.state, 'acme-terraform-state');
  await lockProvider(checkout);
  return {
    clone: (job) => clone(checkout.folder, join(folder, 'jobs', job)),
    nobody: {
      ...nobody,
      // Where the state is asked for, Terraform takes the general one for S3 alone.
      AWS_ENDPOINT_URL_STS: nobody.AWS_ENDPOINT_URL,
      PROGRAMS: join(folder, 'programs'),
      SAID: said,
      PATH: `${join(folder, 'programs')}:${nobody.PATH}`,
    },
    identity: makeRoles(checkout, join(folder, 'token')),
    said: () => readFileSync(said, 'utf8'),
    remove: checkout.remove,
  };
}

function makeRepository(folder: string, more: Readonly<Record<string, string>>): string {
  mkdirSync(join(folder, 'environments'), { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write('package.json', '{"private":true}');
  write('.gitignore', 'node_modules\n');
  write('environments/defaults.yaml', DEFAULTS);
  write('environments/acme.yaml', 'label: Acme\nbucket: acme-vault\naccessLog: { bucket: example-access-logs }\n');
  for (const [name, text] of Object.entries(more)) write(`environments/${name}.yaml`, text);
  cpSync(join(ROOT, 'docs/recipes/ci'), join(folder, 'ci'), { recursive: true });
  return folder;
}

async function lockProvider({ folder, administrator }: Checkout): Promise<void> {
  const env = { ...administrator, AWS_REGION: 'us-east-2' };
  const vaultEnv = `'${process.execPath}' '${join(ROOT, 'scripts/vault-env.cjs')}'`;
  const stack = 'cdktf.out/stacks/acme';
  const lock = `terraform -chdir=${stack} init -input=false && cp ${stack}/.terraform.lock.hcl environments/`;
  const commit =
    'git init -q -b main && git add . && git -c user.name=a -c user.email=a@acme.example commit -qm Environments';
  const { exitCode, stderr } = await runShell(`${vaultEnv} synth acme && ${lock} && rm -rf cdktf.out && ${commit}`, {
    cwd: folder,
    env,
  });
  if (exitCode !== 0) throw new Error(stderr);
}

function clone(repository: string, folder: string): string {
  execFileSync('git', ['clone', '-q', repository, folder]);
  return folder;
}

function writePrograms(folder: string): void {
  mkdirSync(folder);
  for (const [name, body] of Object.entries(PROGRAMS))
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}

/** Two roles that a pipeline opens with a token of its service in place of a key. */
function makeRoles({ account }: Checkout, tokenFile: string): Workplace['identity'] {
  const service = createIdentityProvider('https://pipelines.example.com');
  importOpenIdConnectProvider(account.state, { url: service.url, clientIds: ['sts.amazonaws.com'] });
  supplySigningKeys(account.accounts, service.url, service.keys);
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: service.url, sub: 'repo:acme', aud: 'sts.amazonaws.com', iat: now, exp: now + 36_000 };
  writeFileSync(tokenFile, service.token(claims));
  const Federated = 'arn:aws:iam::111122223333:oidc-provider/pipelines.example.com';
  const trust = { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity' };
  const policy = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement });
  const put = (name: string, statements: object) => {
    account.state.iam.roles.set(name, {
      name,
      path: '/',
      id: `AROA${name.toUpperCase().padEnd(16, 'X')}`,
      arn: `${ROLE_ARN}${name}`,
      createdAt: new Date(),
      tags: new Map(),
      trustPolicy: readTrustPolicy(account.state, policy(trust)),
      maxSessionDurationSeconds: 3600,
      inlinePolicies: new Map([['all', readPermissionsPolicy(policy(statements), 'all')]]),
      attachedPolicyArns: [],
    });
    return `${ROLE_ARN}${name}`;
  };
  return { planRole: put('plan', MAY_PLAN), applyRole: put('apply', MAY_APPLY), tokenFile };
}

/** What jobs hand on to later ones: paths with an asterisk in the last part, by the name of the artefact. */
export class Artefacts {
  readonly #kept = new Map<string, readonly { readonly path: string; readonly from: string }[]>();

  keep(name: string, paths: readonly string[], folder: string): void {
    const found = paths.flatMap((path) => matching(path, folder));
    this.#kept.set(name, [...(this.#kept.get(name) ?? []), ...found.map((path) => ({ path, from: folder }))]);
  }

  /** Copies what was kept under the names that match, each to the place that it had. */
  take(name: RegExp, folder: string): readonly string[] {
    const kept = [...this.#kept].filter(([each]) => name.test(each)).flatMap(([, files]) => files);
    for (const { path, from } of kept) cpSync(join(from, path), join(folder, path), { recursive: true });
    return kept.map(({ path }) => path);
  }
}

function matching(path: string, folder: string): readonly string[] {
  const [, parent = '', pattern = ''] = /^(?:(.*)\/)?([^/]+)$/.exec(path) ?? [];
  const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  const names = tryRead(join(folder, parent));
  return names.filter((name) => expression.test(name)).map((name) => join(parent, name));
}

function tryRead(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
