// biome-ignore lint/suspicious/noExplicitAny: a plan is changed wherever it hurts
type Plan = any;
type Change = (plan: Plan) => unknown;

/** A plan of the AWS-KMS example in which something stands beside its changes, and the rule that is meant for it. */
export type PlanSlip = readonly [name: string, change: Change, rule?: string];

const ELSEWHERE = 'registry.terraform.io/elsewhere/aws';
const FITS = 'plan-fits-stack';
const BUCKET = 'aws_s3_bucket.backup';

const changed = (plan: Plan, address: string) =>
  plan.resource_changes.find((one: { address: string }) => one.address === address);
const configured = (plan: Plan, address: string) =>
  plan.configuration.root_module.resources.find((one: { address: string }) => one.address === address);

const configuring =
  (key: string, provider: object): Change =>
  (plan) =>
    Object.assign(plan.configuration.provider_config, { [key]: { name: 'aws', ...provider } });
const setting =
  (name: string, value: unknown): Change =>
  (plan) =>
    Object.assign(plan.configuration.provider_config.aws.expressions, { [name]: value });
const constant = (value: unknown) => ({ constant_value: value });
const referring = (...references: readonly string[]) => ({ references });

const inChange =
  (address: string, more: object): Change =>
  (plan) =>
    Object.assign(changed(plan, address), more);
const inValues =
  (address: string, more: object): Change =>
  (plan) => {
    const { after, after_unknown: unknown } = changed(plan, address).change;
    for (const name of Object.keys(more)) delete unknown[name];
    Object.assign(after, more);
  };
const inConfiguration =
  (address: string, more: object): Change =>
  (plan) =>
    Object.assign(configured(plan, address), more);
const importing = (address: string, id: unknown): PlanSlip => [
  `${address} from ${JSON.stringify(id)}`,
  (plan) => Object.assign(changed(plan, address).change, { importing: id }),
  FITS,
];

const USER = { address: 'aws_iam_user.x', mode: 'managed', type: 'aws_iam_user' };
const data = (type: string) => ({ address: `data.${type}.x`, mode: 'data', type, name: 'x' });
/** Puts a resource into the configuration of the root module, or of a module that others call. */
const inModules =
  (modules: readonly string[], resource: object): Change =>
  ({ configuration: { root_module: root } }) => {
    let at = root;
    for (const name of modules) {
      at.module_calls = { ...at.module_calls, [name]: { source: `./${name}`, module: { resources: [] } } };
      at = at.module_calls[name].module;
    }
    at.resources.push(resource);
  };
const saying =
  (member: string, value: unknown): Change =>
  (plan) =>
    Object.assign(plan, { [member]: value });
const drifted = (address: string, change: object, more: object = {}): Change =>
  saying('resource_drift', [{ address, type: address.split('.').at(-2), ...more, change }]);
const inOutput =
  (more: object): Change =>
  (plan) =>
    Object.assign(plan.output_changes.backup_environment, more);
const andOutput =
  (name: string, more: object): Change =>
  (plan) =>
    Object.assign(plan.output_changes, { [name]: { actions: ['create'], after: 'x', after_unknown: false, ...more } });

/** Kinds of such places, with their members. */
export const PLAN_SLIPS: Readonly<Record<string, readonly PlanSlip[]>> = {
  'a second provider': [
    ['by an alias', configuring('aws.other', { alias: 'other' })],
    ['by an alias, without settings', configuring('aws.other', { alias: 'other', expressions: {} })],
    ['of another region', configuring('aws.eu', { alias: 'eu', expressions: { region: constant('eu-west-1') } })],
    ['with another role', configuring('aws.r', { expressions: { assume_role: [{ role_arn: constant('x') }] } })],
    ['with endpoints', configuring('aws.e', { expressions: { endpoints: [{ s3: constant('https://e.example') }] } })],
    ['of a module', configuring('module.a:aws', { module_address: 'module.a' })],
    ['of a nested module', configuring('module.a.module.b:aws', { module_address: 'module.a.module.b' })],
    ['of a module, by an alias', configuring('module.a:aws.x', { module_address: 'module.a', alias: 'x' })],
    ['without a name', (plan) => Object.assign(plan.configuration.provider_config, { 'aws.x': {} })],
    ['whose name is empty', configuring('aws.x', { name: '' })],
    ['of Cloud Control', configuring('awscc', { name: 'awscc', full_name: 'registry.terraform.io/hashicorp/awscc' })],
    [
      'by another local name',
      configuring('amazon', { name: 'amazon', full_name: 'registry.terraform.io/hashicorp/aws' }),
    ],
    ['for local programs', configuring('local', { name: 'local', full_name: 'registry.terraform.io/hashicorp/local' })],
  ],
  'a provider of somebody else': [
    ['of another namespace', configuring('aws', { full_name: ELSEWHERE })],
    ['of another host', configuring('aws', { full_name: 'elsewhere.example/hashicorp/aws' })],
    [
      'of a host that begins alike',
      configuring('aws', { full_name: 'registry.terraform.io.elsewhere.example/hashicorp/aws' }),
    ],
    ['of a type that begins alike', configuring('aws', { full_name: 'registry.terraform.io/hashicorp/aws-x' })],
    ['built into Terraform', configuring('aws', { full_name: 'terraform.io/builtin/terraform' })],
    ['of no known origin', configuring('aws', { full_name: null })],
    ['with an empty origin', configuring('aws', { full_name: '' })],
    ['with a setting of tomorrow', configuring('aws', { tomorrow: { a: 1 } })],
    ...[BUCKET, 'aws_iam_role.vault', 'aws_kms_key.backup', 'aws_s3_bucket_policy.backup'].map(
      (address): PlanSlip => [`for ${address}`, inChange(address, { provider_name: ELSEWHERE })],
    ),
    ['that nobody names, for a bucket', inChange(BUCKET, { provider_name: '' })],
    [
      'of another host, for a policy',
      inChange('aws_iam_policy.s3', { provider_name: 'elsewhere.example/hashicorp/aws' }),
    ],
  ],
  'a setting of the provider': [
    ...(
      [
        ['endpoints', [{ s3: constant('https://elsewhere.example') }]],
        ['endpoints', [{ sts: referring('var.endpoint') }]],
        ['assume_role', [{ role_arn: constant('arn:aws:iam::444455556666:role/x') }]],
        ['assume_role', [{ role_arn: referring('var.role') }]],
        ['assume_role_with_web_identity', [{ role_arn: constant('arn:aws:iam::444455556666:role/x') }]],
        ['profile', constant('elsewhere')],
        ['shared_config_files', constant(['/elsewhere'])],
        ['shared_credentials_files', referring('local.files')],
        ['https_proxy', constant('http://elsewhere.example')],
        ['insecure', constant(true)],
        ['default_tags', [{ tags: constant({ team: 'other' }) }]],
        ['allowed_account_ids', constant(['444455556666'])],
        ['tomorrow', constant('x')],
      ] as const
    ).map(([name, value]): PlanSlip => [`${name}: ${JSON.stringify(value)}`, setting(name, value), FITS]),
  ],
  'a key of another provider': [
    ...[BUCKET, 'aws_iam_role.vault', 'aws_s3_bucket_policy.backup', 'aws_kms_key.backup'].map(
      (address): PlanSlip => [`for ${address}`, inConfiguration(address, { provider_config_key: 'aws.other' })],
    ),
    ...['module.a:aws.other', 'aws.', 'awscc', 'elsewhere', '', null, 7].map(
      (key): PlanSlip => [JSON.stringify(key), inConfiguration(BUCKET, { provider_config_key: key })],
    ),
    ['in a module', inModules(['a'], { ...data('aws_s3_bucket'), provider_config_key: 'aws.other' })],
    ['in a nested module', inModules(['a', 'b'], { ...data('aws_s3_bucket'), provider_config_key: 'a:aws.other' })],
  ],
  'a provisioner': [
    ...['local-exec', 'remote-exec', 'file', 'chef'].map(
      (type): PlanSlip => [type, inConfiguration(BUCKET, { provisioners: [{ type, expressions: {} }] })],
    ),
    ['of a role', inConfiguration('aws_iam_role.vault', { provisioners: [{ type: 'local-exec' }] })],
    ['as an object', inConfiguration('aws_kms_key.backup', { provisioners: { 'local-exec': {} } })],
    ['as text', inConfiguration('aws_kms_key.backup', { provisioners: 'local-exec' })],
    ['of a data source', inModules([], { ...data('aws_region'), provisioners: [{ type: 'local-exec' }] })],
    ['in a module', inModules(['a'], { ...data('aws_region'), provisioners: [{ type: 'local-exec' }] })],
    ['in a nested module', inModules(['a', 'b'], { ...data('aws_region'), provisioners: [{ type: 'file' }] })],
    ['of data of Terraform', inModules([], { ...data('terraform_data'), provisioners: [{ type: 'local-exec' }] })],
  ],
  'a data source that runs or fetches': [
    ...[
      'external',
      'http',
      'local_file',
      'terraform_remote_state',
      'vault_generic_secret',
      'aws_lambda_invocation',
    ].map((type): PlanSlip => [type, inModules([], data(type))]),
    ...['external', 'http', 'aws_lambda_invocation'].flatMap((type): readonly PlanSlip[] => [
      [`${type} in a module`, inModules(['a'], data(type))],
      [`${type} in a nested module`, inModules(['a', 'b'], data(type))],
    ]),
    [
      'that is asked when it is applied',
      (plan) => plan.resource_changes.push({ ...data('aws_lambda_invocation'), change: { actions: ['read'] } }),
    ],
    ['of a type that begins alike', inModules([], data('awsx_region'))],
    ['of no type', inModules([], { address: 'data.x.x', mode: 'data' })],
    ['as an ephemeral resource', inModules(['a'], { address: 'ephemeral.aws_x.x', mode: 'ephemeral', type: 'aws_x' })],
    ['as a list', inModules([], { address: 'list.aws_instance.x', mode: 'list', type: 'aws_instance' })],
  ],
  'an import': [
    importing(BUCKET, { id: 'other' }),
    importing(BUCKET, { identity: { bucket: 'other' } }),
    importing(BUCKET, { unknown: true }),
    importing(BUCKET, {}),
    importing('aws_kms_key.backup', { id: 'arn:aws:kms:us-east-2:111122223333:key/x' }),
    importing('aws_iam_role.vault', { id: 'admin' }),
    importing('aws_iam_policy.s3', { id: 'arn:aws:iam::111122223333:policy/x' }),
    importing('aws_s3_bucket_policy.backup', { id: 'other' }),
    importing('aws_iam_instance_profile.vault', { id: 'other' }),
    importing('aws_kms_alias.backup', { id: 'alias/other' }),
  ],
  'another life of a resource': [
    ...[BUCKET, 'aws_kms_key.backup', 'aws_iam_role.vault', 'aws_s3_bucket_policy.backup'].map(
      (address): PlanSlip => [`${address} before`, inChange(address, { previous_address: `${address}_2` })],
    ),
    ['in a module before', inChange(BUCKET, { previous_address: `module.a.${BUCKET}` })],
    ['an instance before', inChange(BUCKET, { previous_address: `${BUCKET}[0]` })],
    ['of another type before', inChange(BUCKET, { previous_address: 'aws_s3_directory_bucket.backup' })],
    ['deposed', inChange(BUCKET, { deposed: '0123abcd' })],
    ['deposed, of a key', inChange('aws_kms_key.backup', { deposed: '0123abcd' })],
    ['of another identity', (plan) => (changed(plan, BUCKET).change.after_identity = { bucket: 'other' })],
    [
      'of the identity of another role',
      (plan) => (changed(plan, 'aws_iam_role.vault').change.after_identity = { name: 'x' }),
    ],
    ['that Terraform wrote', (plan) => (changed(plan, BUCKET).change.generated_config = 'resource {}')],
  ],
  'an action': [
    ['of a function', saying('action_invocations', [{ address: 'action.aws_lambda_invoke.x' }])],
    [
      'before a resource',
      saying('action_invocations', [
        { address: 'action.aws_x.x', lifecycle_action_trigger: { action_trigger_event: 'BeforeCreate' } },
      ]),
    ],
    ['of a module', saying('action_invocations', [{ address: 'module.a.action.aws_x.x' }])],
    ['as an object', saying('action_invocations', { x: {} })],
    ['that waits', saying('deferred_action_invocations', [{ reason: 'deferred_prereq' }])],
    ['in the configuration', (plan) => (plan.configuration.root_module.actions = [{ type: 'aws_x' }])],
    ['in a module', (plan) => (plan.configuration.root_module.module_calls = { a: { module: { actions: [{}] } } })],
    [
      'in a nested module',
      (plan) =>
        (plan.configuration.root_module.module_calls = {
          a: { module: { module_calls: { b: { module: { actions: [{}] } } } } },
        }),
    ],
    ['of the life of a resource', inConfiguration(BUCKET, { action_triggers: [{ events: ['after_create'] }] })],
  ],
  'a change that waits or is not known': [
    ...[
      'instance_count_unknown',
      'resource_config_unknown',
      'provider_config_unknown',
      'absent_prereq',
      'deferred_prereq',
    ].map(
      (reason): PlanSlip => [reason, saying('deferred_changes', [{ reason, resource_change: { address: BUCKET } }])],
    ),
    ['without a reason', saying('deferred_changes', [{}])],
    ['as an object', saying('deferred_changes', { x: 1 })],
    ['in an incomplete plan', saying('complete', false)],
    ...['tomorrow', 'recreate', ''].map(
      (action): PlanSlip => [`action '${action}'`, (plan) => (changed(plan, BUCKET).change.actions = [action])],
    ),
    ['an unknown action of an output', inOutput({ actions: ['tomorrow'] })],
    ...[[], undefined, null, 'create', { 0: 'create' }].map(
      (actions): PlanSlip => [
        `actions ${JSON.stringify(actions)}`,
        (plan) => Object.assign(changed(plan, BUCKET).change, { actions }),
      ],
    ),
    ['no action of an output', inOutput({ actions: [] })],
    [
      'an unknown action beside a known one',
      (plan) => (changed(plan, 'aws_iam_role.vault').change.actions = ['no-op', 'tomorrow']),
    ],
  ],
  'a drift': [
    ...[BUCKET, 'aws_s3_bucket_policy.backup', 'aws_kms_key.backup', 'aws_iam_role.vault'].map(
      (address): PlanSlip => [`${address} removed`, drifted(address, { actions: ['delete'] })],
    ),
    ['removed in a module', drifted(`module.a.${BUCKET}`, { actions: ['delete'] })],
    ['an instance removed', drifted(`${BUCKET}[0]`, { actions: ['delete'], before: {}, after: null })],
    ['removed and made again', drifted(BUCKET, { actions: ['delete', 'create'] })],
    ['with an unknown action', drifted(BUCKET, { actions: ['tomorrow'] })],
    ['with an unknown field', drifted(BUCKET, { actions: ['update'] }, { tomorrow: 1 })],
    ['with an unknown field of its change', drifted(BUCKET, { actions: ['update'], tomorrow: 1 })],
    ['of a deposed object', drifted(BUCKET, { actions: ['update'] }, { deposed: '0123abcd' })],
    ['that is no list', saying('resource_drift', { x: { change: { actions: ['delete'] } } })],
  ],
  'an output': [
    ['one more', andOutput('more', {}), FITS],
    ['one more, unknown', andOutput('more', { after: undefined, after_unknown: true }), FITS],
    ['one more, sensitive', andOutput('more', { after_sensitive: true }), FITS],
    ['one more, an object', andOutput('more', { after: { a: 1 } }), FITS],
    ['removed', inOutput({ actions: ['delete'], after: null }), FITS],
    ['empty', inOutput({ after: {} }), FITS],
    ['null', inOutput({ after: null }), FITS],
    ['text', inOutput({ after: 'x' }), FITS],
    ['sensitive', inOutput({ after_sensitive: true }), FITS],
    ['with a field of tomorrow', inOutput({ tomorrow: true })],
    [
      'with the account of another',
      (plan) => (plan.output_changes.backup_environment.after.aws.account = '444455556666'),
      FITS,
    ],
  ],
  'a region': [
    ['of another place', setting('region', constant('eu-west-1')), FITS],
    ['of a variable', setting('region', referring('var.region')), FITS],
    ['of a local value', setting('region', referring('local.region')), FITS],
    ['of a data source', setting('region', referring('data.aws_region.x.name', 'data.aws_region.x')), FITS],
    ['of two variables', setting('region', referring('var.a', 'var.b')), FITS],
    ['null', setting('region', constant(null)), FITS],
    ['empty', setting('region', constant('')), FITS],
    ['without a value', setting('region', {}), FITS],
    ['missing', (plan) => delete plan.configuration.provider_config.aws.expressions.region, FITS],
    [
      'of a bucket that exists',
      (plan) => {
        const { change } = changed(plan, BUCKET);
        const after = { ...change.after, region: 'eu-west-1' };
        Object.assign(change, { actions: ['no-op'], before: after, after, after_unknown: {} });
      },
      'plan-keeps-data',
    ],
    ['of a bucket', inValues(BUCKET, { region: 'eu-west-1' }), 'arguments-understood'],
    ['of a key', inValues('aws_kms_key.backup', { region: 'eu-west-1' }), 'arguments-understood'],
    ['of a bucket policy', inValues('aws_s3_bucket_policy.backup', { region: 'eu-west-1' }), 'arguments-understood'],
  ],
  'a resource outside the changes': [
    ['of the configuration', inModules([], USER)],
    ['of a module', inModules(['a'], USER)],
    ['of a nested module', inModules(['a', 'b'], USER)],
    ['with a count of one', inModules([], { ...USER, count_expression: constant(1) })],
    ...(['planned_values', 'prior_state'] as const).flatMap((part): readonly PlanSlip[] => {
      const of = (root: object) => ({ values: { root_module: root }, root_module: root });
      return [
        [`of ${part}`, saying(part, of({ resources: [USER] }))],
        [`of a module of ${part}`, saying(part, of({ child_modules: [{ resources: [USER] }] }))],
        [
          `of a nested module of ${part}`,
          saying(part, of({ child_modules: [{ child_modules: [{ resources: [USER] }] }] })),
        ],
      ];
    }),
  ],
};
