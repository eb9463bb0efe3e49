type Json = Record<string, unknown>;

/** A stack in which something stands where it was not looked for, by the kind of place. */
export interface SlippingMutant {
  readonly kind: string;
  readonly name: string;
  readonly rule: string;
  readonly text: string;
}

interface Stack {
  readonly resource: Record<string, Record<string, Json>>;
  readonly [block: string]: unknown;
}

/** Changes the stack; `false` where it has nothing of the kind. */
type Change = (stack: Stack) => unknown;

interface Row {
  readonly rule: string;
  readonly name: string;
  readonly change: Change;
}

const POLICIES = [
  'aws_iam_role.vault.assume_role_policy',
  'aws_iam_policy.s3.policy',
  'aws_iam_policy.kms.policy',
  'aws_s3_bucket_policy.backup.policy',
  'aws_kms_key.backup.policy',
] as const;

/** Rewrites the text at `type.name.argument`. */
const rewrite =
  (path: string, edit: (text: string) => string): Change =>
  ({ resource }) => {
    const [type = '', name = '', argument = ''] = path.split('.');
    const given = resource[type]?.[name];
    const text = given?.[argument];
    if (given === undefined || given.count === 0 || typeof text !== 'string') return false;
    given[argument] = edit(text);
    return given[argument] !== text;
  };

/** A name that stands twice, of which one reader takes the first and another the last. */
const TWICE: readonly (readonly [name: string, edit: (text: string) => string])[] = [
  ['Effect', (text) => text.replace(/"Effect":"(Allow|Deny)"/, (same) => `"Effect":"Deny",${same}`)],
  ['Action', (text) => text.replace('"Action":', '"Action":"*","Action":')],
  ['Condition', (text) => text.replace('"Condition":', '"Condition":{},"Condition":')],
  ['Statement', (text) => text.replace('"Statement":', '"Statement":[],"Statement":')],
];

/** Assigns into the one provider, or into the `terraform` block. */
const inProvider =
  (settings: Json): Change =>
  ({ provider }) =>
    Object.assign((provider as { readonly aws: readonly [Json] }).aws[0], settings);
const inTerraform =
  (settings: Json): Change =>
  ({ terraform }) =>
    Object.assign(terraform as Json, settings);
const inRequired =
  (providers: Json): Change =>
  ({ terraform }) =>
    Object.assign((terraform as { readonly required_providers: Json }).required_providers, providers);

const REGIONS: Readonly<Record<string, unknown>> = {
  'an expression': '${"eu-west-1"}',
  'a function': '${lower("EU-WEST-1")}',
  'a variable': '${var.region}',
  'an attribute of something': '${aws_s3_bucket.backup.region}',
  'a condition': '${true ? "eu-west-1" : "us-east-2"}',
  'text with an expression in it': 'eu-${"west"}-1',
  null: null,
  empty: '',
  'a list': ['eu-west-1'],
  'that of no partition': 'nowhere-1',
};

const BACKENDS: Readonly<Record<string, Json>> = {
  'an access list': { acl: 'public-read' },
  endpoints: { endpoints: { s3: 'https://elsewhere.example' } },
  'an endpoint': { endpoint: 'https://elsewhere.example' },
  'an endpoint of STS': { sts_endpoint: 'https://elsewhere.example' },
  'a key of the customer': { sse_customer_key: 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=' },
  'a secret key': { secret_key: 'x' },
  'no verification of certificates': { insecure: true },
  'certificates of its own': { custom_ca_bundle: '/elsewhere.pem' },
  'a profile': { profile: 'elsewhere' },
  'shared config files': { shared_config_files: ['/elsewhere'] },
  'a setting of tomorrow': { nobody_knows: 'x' },
};

const SOUND_BACKEND = { bucket: 'state', key: 'k', region: 'us-east-2', encrypt: true, use_lockfile: true };

/** Other places where Terraform keeps a state. */
const OTHER_BACKENDS: Readonly<Record<string, Json>> = {
  'a host of somebody': { remote: { hostname: 'tf.elsewhere.example', organization: 'o', workspaces: { name: 'w' } } },
  'a token': { remote: { token: 'x', organization: 'o', workspaces: { name: 'w' } } },
  'a key of Google': { gcs: { bucket: 'b', encryption_key: 'x' } },
  'an access key of Azure': { azurerm: { storage_account_name: 'a', container_name: 'c', key: 'k', access_key: 'x' } },
  'a password of Postgres': { pg: { conn_str: 'postgres://u:p@elsewhere.example/db' } },
};

const REQUIRED: Readonly<Record<string, Json>> = {
  'the AWS provider of another host': { aws: { source: 'registry.elsewhere.example/hashicorp/aws' } },
  'the AWS provider of a host with a known name in it': {
    aws: { source: 'registry.terraform.io.elsewhere.example/hashicorp/aws' },
  },
  'the AWS provider of another namespace': { aws: { source: 'registry.terraform.io/elsewhere/aws' } },
  'a built-in provider by the name of aws': { aws: { source: 'terraform.io/builtin/terraform' } },
  'another provider': { external: { source: 'hashicorp/external' } },
  'another provider by its version alone': { null: '~> 3.0' },
  'a provider of somebody': { helper: { source: 'elsewhere.example/acme/helper' } },
};

const TERRAFORM: Readonly<Record<string, Json>> = {
  experiments: { experiments: ['module_variable_optional_attrs'] },
  'metadata for a provider': { provider_meta: { aws: { user_agent: 'x' } } },
  'the encryption of the state': { encryption: { method: {} } },
  'a block of tomorrow': { nobody_knows: {} },
};

const PROVIDERS: Readonly<Record<string, Json>> = {
  'a profile': { profile: 'elsewhere' },
  'shared config files': { shared_config_files: ['/elsewhere'] },
  'shared credentials files': { shared_credentials_files: ['/elsewhere'] },
  'an endpoint of the metadata service': { ec2_metadata_service_endpoint: 'http://elsewhere.example' },
  'endpoints in a list of one': { endpoints: [{ sts: 'https://elsewhere.example' }] },
};

const rowsOf = (
  rule: string,
  cases: Readonly<Record<string, Json>>,
  change: (settings: Json) => Change,
): readonly Row[] => Object.entries(cases).map(([name, settings]) => ({ rule, name, change: change(settings) }));

const KINDS: Readonly<Record<string, readonly Row[]>> = {
  'a name twice in a policy': POLICIES.flatMap((path) =>
    TWICE.map(([name, edit]) => ({
      rule: 'policies-readable',
      name: `${path}: ${name}`,
      change: rewrite(path, edit),
    })),
  ),
  'a region that the text does not say': [
    ...Object.entries(REGIONS).map(([name, region]) => ({
      rule: 'provider-settings',
      name,
      change: inProvider({ region }),
    })),
    {
      rule: 'provider-settings',
      name: 'none',
      change: ({ provider }) => delete (provider as { readonly aws: readonly [Json] }).aws[0].region,
    },
  ],
  'a backend that sends the state elsewhere': [
    ...rowsOf('state-backend', BACKENDS, (settings) =>
      inTerraform({ backend: { s3: { ...SOUND_BACKEND, ...settings } } }),
    ),
    ...rowsOf('state-backend', OTHER_BACKENDS, (backend) => inTerraform({ backend })),
    {
      rule: 'state-backend',
      name: 'a cloud of somebody',
      change: inTerraform({ backend: undefined, cloud: { hostname: 'elsewhere.example', organization: 'o' } }),
    },
  ],
  'another program for Terraform to run': [
    ...rowsOf('input-complete', REQUIRED, inRequired),
    ...rowsOf('input-complete', TERRAFORM, inTerraform),
    ...rowsOf('provider-settings', PROVIDERS, inProvider),
    {
      rule: 'input-complete',
      name: 'a configured provider besides',
      change: ({ provider }) => Object.assign(provider as Json, { external: [{}] }),
    },
  ],
};

export function slippingMutants(stackText: string): readonly SlippingMutant[] {
  return Object.entries(KINDS).flatMap(([kind, rows]) =>
    rows.flatMap(({ rule, name, change }) => {
      const stack: Stack = JSON.parse(stackText);
      return change(stack) === false ? [] : [{ kind, name, rule, text: JSON.stringify(stack) }];
    }),
  );
}
