type Json = Record<string, unknown>;

interface Stack {
  readonly resource: Record<string, Record<string, Json>>;
  [block: string]: unknown;
}

type Change = (stack: Stack) => unknown;

const FOREIGN = '444455556666';
const OPEN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }],
});
const bucket = '${aws_s3_bucket.backup.bucket}';
const role = '${aws_iam_role.vault.name}';
const key = '${aws_kms_key.backup.key_id}';
const foreign = (service: string, name: string) => `arn:aws:${service}:us-east-2:${FOREIGN}:${name}`;

const add =
  (type: string, given: Json): Change =>
  ({ resource }) => {
    resource[type] = { ...resource[type], stranger: given };
  };

const into =
  (type: string, given: Json): Change =>
  ({ resource }) => {
    const named = Object.values(resource[type] ?? {})[0];
    return named === undefined || named.count === 0 ? false : Object.assign(named, given);
  };

const block =
  (name: string, given: unknown): Change =>
  (stack) => {
    stack[name] = given;
  };

/** A second resource of a type of which there is one for each bucket. */
const again =
  (type: string, given: Json = {}): Change =>
  ({ resource }) => {
    const first = Object.values(resource[type] ?? {})[0];
    return first === undefined ? false : add(type, { ...first, ...given })({ resource });
  };

const LET_GO = { from: 'aws_kms_key.old', lifecycle: { destroy: false } };
const LOCAL = { 'local-exec': { command: 'true' } };

type Row = readonly [rule: string, name: string, change: Change];

/** Blocks and settings of Terraform that nobody looked for here, by kind. */
const KINDS: Readonly<Record<string, readonly Row[]>> = {
  'a block that does more than it seems': [
    ['input-complete', 'removed with a provisioner', block('removed', [{ ...LET_GO, provisioner: LOCAL }])],
    ['input-complete', 'removed with a connection', block('removed', [{ ...LET_GO, connection: { host: 'x' } }])],
    ['input-complete', 'moved', block('moved', [{ from: 'aws_s3_bucket.x', to: 'aws_s3_bucket.backup' }])],
    ['input-complete', 'import by a list', block('import', [{ to: 'aws_s3_bucket.backup', id: '${each.value}' }])],
    ['input-complete', 'check with a data source', block('check', { x: { data: { http: { x: { url: 'x' } } } } })],
    ['input-complete', 'ephemeral', block('ephemeral', { aws_kms_secrets: { x: {} } })],
    ['input-complete', 'external data', block('data', { external: { x: { program: ['x'] } } })],
    ['input-complete', 'another provider', ({ provider }) => Object.assign(provider as Json, { aws2: {} })],
    [
      'input-complete',
      'a backend and HCP Terraform',
      ({ terraform }) => Object.assign(terraform as Json, { backend: { local: {} }, cloud: { organization: 'x' } }),
    ],
    [
      'input-complete',
      'two backends',
      ({ terraform }) => Object.assign((terraform as { readonly backend: Json }).backend, { http: { address: 'x' } }),
    ],
    ['arguments-understood', 'a provisioner in a bucket', into('aws_s3_bucket', { provisioner: [LOCAL] })],
    ['arguments-understood', 'a connection in a role', into('aws_iam_role', { connection: { host: 'x' } })],
    ['arguments-understood', 'an aliased provider', into('aws_s3_bucket', { provider: 'aws.other' })],
    [
      'arguments-understood',
      'a dynamic block in a block',
      into('aws_s3_bucket_lifecycle_configuration', { rule: [{ dynamic: { expiration: { for_each: [1] } } }] }),
    ],
    ['arguments-understood', 'a count as text', into('aws_s3_bucket_policy', { count: '0' })],
    ['arguments-understood', 'for_each over nothing', into('aws_s3_bucket_versioning', { for_each: {} })],
    ['arguments-understood', 'a policy that is only written', into('aws_iam_policy', { policy_wo: '{}' })],
  ],
  'a file of the machine, or a function, in a text': [
    ['input-complete', 'in an output', block('output', { x: { value: '${file("/root/.aws/credentials")}' } })],
    ['input-complete', 'in a tag', into('aws_s3_bucket', { tags: { x: 'a ${trimspace(file("/etc/passwd"))}' } })],
    ['input-complete', 'in base 64', into('aws_iam_role', { description: '${filebase64("~/.ssh/id_rsa")}' })],
    ['input-complete', 'as a template', into('aws_iam_policy', { policy: '${templatefile("p.json", {})}' })],
    ['input-complete', 'as a sum', into('aws_kms_key', { description: '${filesha256("x")}' })],
    ['input-complete', 'in the role', into('aws_iam_role', { tags: { x: '${file("x")}' } })],
    ['input-complete', 'in a directive', into('aws_iam_role', { description: '%{ if fileexists("x") }a%{ endif }' })],
    ['input-complete', 'behind an object', into('aws_s3_bucket', { tags: { x: '${merge({}, { a = file("x") })}' } })],
    ['input-complete', 'behind a brace in quotes', into('aws_iam_role', { description: '${join("}", [file("x")])}' })],
    ['input-complete', 'with a space', into('aws_s3_bucket', { tags: { x: '${file ("/etc/passwd")}' } })],
    ['input-complete', 'over two lines', into('aws_iam_role', { description: '${\n  file\n  ("x")\n}' })],
    ['input-complete', 'in the name of a tag', into('aws_s3_bucket', { tags: { '%{ if true }${file("x")}': 'x' } })],
    ['outputs-hold-no-secret', 'a call', block('output', { x: { value: '${jsonencode(aws_kms_key.backup)}' } })],
    ['outputs-hold-no-secret', 'a choice', block('output', { x: { value: ['${true ? 1 : 2}'] } })],
    ['outputs-hold-no-secret', 'a list', block('output', { x: { value: { y: '${[for a in b : a]}' } } })],
  ],
  'a thing that gives access or sends data elsewhere': [
    ...(
      [
        ['aws_s3_bucket_acl', { bucket, acl: 'public-read' }],
        ['aws_s3_access_point', { bucket, name: 'x' }],
        ['aws_s3control_access_grant', { permission: 'READ' }],
        ['aws_s3control_multi_region_access_point', { details: { name: 'x', region: { bucket } } }],
        ['aws_s3control_object_lambda_access_point', { name: 'x' }],
        ['aws_s3_directory_bucket', { bucket: 'x--use2-az1--x-s3' }],
        ['aws_s3_object', { bucket, key: 'x', acl: 'public-read' }],
        ['aws_s3_bucket_replication_configuration', { bucket, role: `arn:aws:iam::${FOREIGN}:role/x` }],
        ['aws_s3_bucket_inventory', { bucket, name: 'x' }],
        ['aws_s3_bucket_analytics_configuration', { bucket, name: 'x' }],
        ['aws_s3_bucket_metric', { bucket, name: 'x' }],
        ['aws_s3_bucket_intelligent_tiering_configuration', { bucket, name: 'x' }],
        ['aws_s3_bucket_website_configuration', { bucket, index_document: { suffix: 'x' } }],
        ['aws_s3_bucket_cors_configuration', { bucket, cors_rule: { allowed_origins: ['*'] } }],
        ['aws_s3_bucket_request_payment_configuration', { bucket, payer: 'Requester' }],
        ['aws_kms_grant', { key_id: key, grantee_principal: `arn:aws:iam::${FOREIGN}:root`, operations: ['Decrypt'] }],
        ['aws_kms_replica_key', { primary_key_arn: '${aws_kms_key.backup.arn}' }],
        ['aws_kms_external_key', {}],
        ['aws_iam_group_policy', { group: 'x', policy: '{}' }],
        ['aws_iam_service_linked_role', { aws_service_name: 'replication.s3.amazonaws.com' }],
        ['aws_ram_resource_share', { name: 'x', allow_external_principals: true }],
        ['aws_cloudcontrolapi_resource', { type_name: 'AWS::S3::BucketPolicy', desired_state: '{}' }],
        ['aws_cloudformation_stack', { name: 'x', template_body: '{}' }],
        ['terraform_data', { provisioner: LOCAL }],
        ['null_resource', { provisioner: LOCAL }],
      ] as const
    ).map(([type, given]): Row => ['resources-understood', type, add(type, given)]),
    [
      'bucket-event-notifications',
      'a function of another account',
      add('aws_s3_bucket_notification', {
        bucket,
        lambda_function: { lambda_function_arn: foreign('lambda', 'function:x'), events: ['s3:ObjectCreated:*'] },
      }),
    ],
    ['resources-belong', 'an alias', add('aws_kms_alias', { name: 'alias/x', target_key_id: foreign('kms', 'key/x') })],
    ['arguments-understood', 'requesters who pay', into('aws_s3_bucket', { request_payer: 'Requester' })],
    ['accepted-by-aws', 'a log by ARN', into('aws_s3_bucket_logging', { target_bucket: 'arn:aws:s3:::elsewhere' })],
    [
      'permission-proof',
      'a policy for many',
      add('aws_iam_policy_attachment', { roles: [role], policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    ],
    [
      'role-holds-nothing-else',
      'all policies of the role',
      add('aws_iam_role_policies_exclusive', { role_name: role, policy_names: ['x'] }),
    ],
    [
      'role-holds-nothing-else',
      'all attachments of the role',
      add('aws_iam_role_policy_attachments_exclusive', {
        role_name: role,
        policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      }),
    ],
  ],
  'one thing said twice': [
    ['bucket-tls-only', 'the policy of the bucket', again('aws_s3_bucket_policy', { policy: OPEN })],
    ['bucket-versioning', 'versioning', again('aws_s3_bucket_versioning')],
    ['bucket-public-access-block', 'the public access block', again('aws_s3_bucket_public_access_block')],
    ['bucket-acls-disabled', 'ownership', again('aws_s3_bucket_ownership_controls')],
    ['bucket-lifecycle', 'the lifecycle', again('aws_s3_bucket_lifecycle_configuration')],
    ['bucket-access-logging', 'the access log', again('aws_s3_bucket_logging')],
    ['permission-proof', 'encryption', again('aws_s3_bucket_server_side_encryption_configuration')],
    [
      'key-administration',
      'the policy of the key, open in the key itself',
      ({ resource }) => {
        const given = resource.aws_kms_key?.backup;
        if (given === undefined || given.count === 0) return false;
        resource.aws_kms_key_policy = { backup: { key_id: key, policy: given.policy } };
        return Object.assign(given, { policy: OPEN });
      },
    ],
    [
      'key-administration',
      'the policy of the key, open beside it',
      ({ resource }) => {
        const given = resource.aws_kms_key?.backup;
        if (given === undefined || given.count === 0) return false;
        return add('aws_kms_key_policy', { key_id: key, policy: OPEN })({ resource, provider: {} });
      },
    ],
  ],
};

/** Stacks with something strange in them, which must not pass. */
export function strangerMutants(text: string) {
  return Object.entries(KINDS).flatMap(([kind, rows]) =>
    rows.flatMap(([rule, name, change]) => {
      const stack: Stack = JSON.parse(text);
      return change(stack) === false ? [] : [{ kind, name, rule, text: JSON.stringify(stack) }];
    }),
  );
}
