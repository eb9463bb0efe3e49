import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../../lib/audit/audit';
import type { AuditReport, Finding } from '../../lib/audit/report/audit-report';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { joinPlan } from '../../lib/audit/subject/join-plan';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, exampleStack, loadExample, synthesizeStack } from '../support/synthesize';

// biome-ignore lint/suspicious/noExplicitAny: a plan is changed wherever it hurts
type Plan = any;

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

const textOf = (name: string) => readFileSync(join(__dirname, '..', 'fixtures', 'plans', `${name}.json`), 'utf8');

function planOf(name: string, change: (plan: Plan) => unknown = () => undefined) {
  const plan: Plan = JSON.parse(textOf(name));
  change(plan);
  return parseInput(JSON.stringify(plan), 'plan.json');
}

const stackOf = (name: string) => parseInput(exampleStack(EXAMPLES, name).text, 'cdk.tf.json');

function report(stack: ReturnType<typeof planOf>, given: object = {}): AuditReport {
  return audit({
    name: 'x',
    stack,
    catalogue,
    inputs: [],
    tool: { name: 't', version: '0' },
    asOf: '2026-11-25',
    given,
  });
}

function open({ findings }: AuditReport, result: Finding['result']): readonly string[] {
  return [...new Set(findings.filter((one) => one.result === result && !one.waiver).map(({ rule }) => rule))].sort();
}

const changeOf = (plan: Plan, address: string) =>
  plan.resource_changes.find((one: { address: string }) => one.address === address).change;

const settingsOf = (plan: Plan) => plan.configuration.provider_config.aws.expressions;

describe('a plan of the real provider', () => {
  test.each(['aes-256', 'aws-kms'])('of %s passes together with the stack it was made from', (name) => {
    const joined = report(joinPlan(stackOf(name), planOf(name)));
    expect({ verdict: joined.verdict, fail: open(joined, 'fail'), unknown: open(joined, 'unknown') }).toEqual({
      verdict: 'pass',
      fail: [],
      unknown: [],
    });
  });

  test('agrees with a stack in which a text is empty', () => {
    const environment = loadExample(EXAMPLES, 'aws-kms');
    const accessLog = { bucket: 'example-access-logs', prefix: '' };
    const stack = parseInput(synthesizeStack({ ...environment, accessLog }).text, 'cdk.tf.json');
    const plan = planOf('aws-kms', (given) => {
      changeOf(given, 'aws_s3_bucket_logging.backup').after.target_prefix = '';
    });
    expect(report(joinPlan(stack, plan)).verdict).toBe('pass');
  });

  test.each([
    ['of the stack', 'us-east-2', 'pass'],
    ['of another place', 'eu-west-1', 'unknown'],
  ])('of version 6, in which each resource names its region, is read with the region %s', (_, region, verdict) => {
    const plan = planOf('aws-kms', ({ resource_changes }) => {
      for (const { change } of resource_changes) change.after.region = region;
    });
    expect(report(joinPlan(stackOf('aws-kms'), plan)).verdict).toBe(verdict);
  });

  test('by itself leaves open what a plan does not show, and is otherwise read in full', () => {
    const alone = report(planOf('aws-kms'));
    expect({ verdict: alone.verdict, fail: open(alone, 'fail'), unknown: open(alone, 'unknown') }).toEqual({
      verdict: 'unknown',
      fail: [],
      unknown: [
        'bucket-deletion-guard',
        'kms-deletion-window',
        'output-fits-stack',
        'provider-settings',
        'state-backend',
      ],
    });
    expect(alone.proof?.verdict).toBe('pass');
  });

  test.each<[string, string, (plan: Plan) => unknown]>([
    [
      'a bucket that is replaced',
      'plan-keeps-data',
      (plan) => (changeOf(plan, 'aws_s3_bucket.backup').actions = ['delete', 'create']),
    ],
    [
      'a key that is destroyed',
      'plan-keeps-data',
      (plan) => (changeOf(plan, 'aws_kms_key.backup').actions = ['delete']),
    ],
    [
      'another bucket name',
      'plan-fits-stack',
      (plan) => (changeOf(plan, 'aws_s3_bucket.backup').after.bucket = 'other'),
    ],
    [
      'another bucket policy',
      'plan-fits-stack',
      (plan) => {
        const { after } = changeOf(plan, 'aws_s3_bucket_policy.backup');
        after.policy = after.policy.replace('DenyOldTls', 'DenyOlderTls');
      },
    ],
    [
      'suspended versioning',
      'plan-fits-stack',
      (plan) =>
        (changeOf(plan, 'aws_s3_bucket_versioning.backup').after.versioning_configuration[0].status = 'Suspended'),
    ],
    [
      'an import that the stack does not name',
      'plan-fits-stack',
      (plan) => (changeOf(plan, 'aws_s3_bucket.backup').importing = { id: 'example-vault-backup-aws-kms' }),
    ],
    [
      'requests sent elsewhere',
      'plan-fits-stack',
      (plan) => (settingsOf(plan).endpoints = [{ s3: { constant_value: 'https://elsewhere.example' } }]),
    ],
    [
      'a provider from elsewhere',
      'input-complete',
      (plan) => (plan.configuration.provider_config.aws.full_name = 'registry.terraform.io/elsewhere/aws'),
    ],
    ...(
      [
        ['another bucket', ({ after }) => (after.form.bucketName = 'other')],
        ['another account', ({ after }) => (after.aws.account = '444455556666')],
        ['more than the stack says', ({ after }) => (after.more = true)],
        ['a part that is sensitive', (change) => (change.after_sensitive = { form: true })],
        ['its removal', (change) => (change.actions = ['delete'])],
      ] as const satisfies readonly (readonly [string, (change: Plan) => unknown])[]
    ).map(([what, edit]): [string, string, (plan: Plan) => unknown] => [
      `an output with ${what}`,
      'plan-fits-stack',
      (plan) => edit(plan.output_changes.backup_environment),
    ]),
    ['no output', 'plan-fits-stack', (plan) => delete plan.output_changes],
    [
      'a further output',
      'plan-fits-stack',
      (plan) => (plan.output_changes.more = { actions: ['create'], after: 'x', after_unknown: false }),
    ],
    ...(
      [
        ['another region', { region: { constant_value: 'eu-west-1' } }],
        ['another account', { allowed_account_ids: { constant_value: ['444455556666'] } }],
        ['a profile of a variable', { profile: { references: ['var.profile'] } }],
        ['a proxy', { http_proxy: { constant_value: 'http://elsewhere.example' } }],
        ['another role', { assume_role: [{ role_arn: { constant_value: 'arn:aws:iam::444455556666:role/x' } }] }],
      ] as const
    ).map(([what, settings]): [string, string, (plan: Plan) => unknown] => [
      `a provider with ${what}`,
      'plan-fits-stack',
      (plan) => Object.assign(settingsOf(plan), settings),
    ]),
    ...(
      [
        ['a managed policy', { managed_policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }],
        ['an inline policy', { inline_policy: [{ name: 'by-hand', policy: '{}' }] }],
      ] as const
    ).map(([what, held]): [string, string, (plan: Plan) => unknown] => [
      `${what} on the role that somebody put there`,
      'role-holds-nothing-else',
      (plan) => {
        const change = changeOf(plan, 'aws_iam_role.vault');
        const after = { ...change.after, ...held };
        Object.assign(change, { actions: ['no-op'], before: after, after, after_unknown: {} });
      },
    ]),
    ['a resource that is missing', 'plan-fits-stack', (plan) => plan.resource_changes.pop()],
    ['only part of the plan', 'input-complete', (plan) => (plan.complete = false)],
    ['a plan without its configuration', 'input-complete', (plan) => delete plan.configuration],
  ])('does not pass with %s', (_, rule, change) => {
    const joined = report(joinPlan(stackOf('aws-kms'), planOf('aws-kms', change)));
    expect(joined.verdict).not.toBe('pass');
    expect([...open(joined, 'fail'), ...open(joined, 'unknown')]).toContain(rule);
  });

  const ROLE = 'aws_iam_role.vault';
  const [policy_arn, role] = ['arn:aws:iam::111122223333:policy/vault-backup-earlier-kms', 'vault-backup-aws-kms'];

  test.each([
    ['the plan detaches', ['delete'], { role }, []],
    ['the plan attaches anew elsewhere', ['delete', 'create'], { role }, []],
    ['the plan forgets', ['forget'], { role }, ['role-holds-nothing-else']],
    ['the plan detaches from another role', ['delete'], { role: 'another' }, ['role-holds-nothing-else']],
  ])('with a policy on the role that %s has what the plan leaves', (_, actions, from, expected) => {
    const joined = report(
      joinPlan(
        stackOf('aws-kms'),
        planOf('aws-kms', (plan) => {
          const change = changeOf(plan, ROLE);
          const after = { ...change.after, managed_policy_arns: [policy_arn] };
          Object.assign(change, { actions: ['no-op'], before: after, after, after_unknown: {} });
          const [address, type] = ['aws_iam_role_policy_attachment.earlier', 'aws_iam_role_policy_attachment'];
          const before = { id: 'x', policy_arn, ...from };
          const earlier = { actions, before, after: null, after_unknown: {} };
          plan.resource_changes.push({ address, mode: 'managed', type, name: 'earlier', change: earlier });
        }),
      ),
    );
    expect(open(joined, 'fail').filter((rule) => rule === 'role-holds-nothing-else')).toEqual(expected);
  });

  test('of another stack is refused', () => {
    expect(() => joinPlan(stackOf('aws-kms'), planOf('third-party'))).toThrow("'--plan' must be a plan of this stack");
  });
});

describe('a plan of another toolchain, with modules, indexes and policy documents as data', () => {
  const given = { account: '444455556666', capabilities: ['backup'] };

  test('is read through its references, and its unknowns are reported', () => {
    const found = report(planOf('third-party'), given);
    expect(found.verdict).toBe('fail');
    expect(open(found, 'fail')).toEqual([
      'bucket-access-logging',
      'bucket-acls-disabled',
      'bucket-customer-keys',
      'bucket-lifecycle',
      'bucket-tls-version',
      'bucket-wrong-encryption',
      'bucket-wrong-key',
      'iam-actions-listed',
      'iam-no-inline-policies',
      'key-administration',
      'key-deletion-refused',
      'kms-deletion-window',
      'permission-proof',
      'role-encryption-context',
      'role-manages-no-permissions',
      'role-own-account-only',
      'role-tagged',
      'versions-protected',
    ]);
    expect(open(found, 'unknown')).toEqual([
      'bucket-deletion-guard',
      'policies-readable',
      'provider-settings',
      'state-backend',
    ]);
    const passed = open(found, 'pass');
    expect(passed).toEqual(
      expect.arrayContaining([
        ...['bucket-versioning', 'bucket-key-arn', 'bucket-tls-only', 'instance-profile', 'role-trust'],
      ]),
    );
  });

  test('gets no proof unless the account and the purpose of the role are given', () => {
    for (const said of [{}, { account: '444455556666' }]) {
      const found = report(planOf('third-party'), said);
      expect(found.proof).toBeUndefined();
      expect(open(found, 'unknown')).toContain('permission-proof');
    }
  });

  test('gets its account from the caller identity, where the plan asks for it', () => {
    const found = report(
      planOf('third-party', (plan) => {
        const caller = { mode: 'data', type: 'aws_caller_identity', values: { account_id: '444455556666' } };
        plan.prior_state.values.root_module.resources.push(caller);
      }),
    );
    expect(found.account).toBe('444455556666');
  });
});

/** Things that a plan can say beside the resources that it changes, one for each place. */
const BESIDES: readonly (readonly [what: string, change: (plan: Plan) => unknown])[] = [
  [
    'a provider that is named twice',
    (plan) => Object.assign(plan.configuration.provider_config, { 'aws.other': { name: 'aws', alias: 'other' } }),
  ],
  [
    'a provider of a module',
    (plan) =>
      Object.assign(plan.configuration.provider_config, {
        'module.a:aws': { name: 'aws', module_address: 'module.a' },
      }),
  ],
  ['another provider', (plan) => Object.assign(plan.configuration.provider_config, { external: { name: 'external' } })],
  [
    'the AWS provider of another host',
    (plan) => Object.assign(plan.configuration.provider_config.aws, { full_name: 'elsewhere.example/hashicorp/aws' }),
  ],
  [
    'a resource of another provider',
    (plan) => Object.assign(plan.resource_changes[0], { provider_name: 'elsewhere.example/hashicorp/aws' }),
  ],
  [
    'a resource with another provider key',
    (plan) => Object.assign(plan.configuration.root_module.resources[0], { provider_config_key: 'aws.other' }),
  ],
  [
    'a provisioner',
    (plan) => Object.assign(plan.configuration.root_module.resources[0], { provisioners: [{ type: 'local-exec' }] }),
  ],
  [
    'a data source that runs a program',
    (plan) =>
      plan.configuration.root_module.resources.push({ address: 'data.external.x', mode: 'data', type: 'external' }),
  ],
  [
    'a data source that fetches',
    (plan) => plan.configuration.root_module.resources.push({ address: 'data.http.x', mode: 'data', type: 'http' }),
  ],
  [
    'a data source in a module',
    (plan) =>
      Object.assign(plan.configuration.root_module, {
        module_calls: {
          a: { module: { resources: [{ address: 'data.external.x', mode: 'data', type: 'external' }] } },
        },
      }),
  ],
  [
    'a configuration that Terraform wrote',
    (plan) => Object.assign(plan.resource_changes[0].change, { generated_config: 'resource {}' }),
  ],
  [
    'a previous address',
    (plan) => Object.assign(plan.resource_changes[0], { previous_address: 'aws_s3_bucket.other' }),
  ],
  ['a deposed object', (plan) => Object.assign(plan.resource_changes[0], { deposed: '0123abcd' })],
  [
    'a resource removed outside Terraform',
    (plan) =>
      Object.assign(plan, {
        resource_drift: [{ address: 'aws_s3_bucket_policy.backup', change: { actions: ['delete'] } }],
      }),
  ],
  ['actions', (plan) => Object.assign(plan, { action_invocations: [{ address: 'action.aws_lambda_invoke.x' }] })],
  ['deferred changes', (plan) => Object.assign(plan, { deferred_changes: [{ reason: 'provider_config_unknown' }] })],
  ['an action that is not known', (plan) => (plan.resource_changes[0].change.actions = ['tomorrow'])],
  ['another identity', (plan) => (changeOf(plan, 'aws_s3_bucket.backup').after_identity = { bucket: 'other' })],
  ['a field of an output', (plan) => (plan.output_changes.backup_environment.tomorrow = true)],
  ['a check that fails', (plan) => (plan.checks = [{ address: { to_display: 'check.c' }, status: 'fail' }])],
  ['a field of the configuration', (plan) => (plan.configuration.tomorrow = { a: 1 })],
  [
    'actions in its configuration',
    (plan) => (plan.configuration.root_module.actions = [{ type: 'aws_lambda_invoke' }]),
  ],
  [
    'a call with a field',
    (plan) => (plan.configuration.root_module.module_calls = { a: { tomorrow: 'x', module: {} } }),
  ],
  [
    'an ephemeral resource',
    (plan) => plan.configuration.root_module.resources.push({ address: 'ephemeral.aws_x.x', mode: 'ephemeral' }),
  ],
  [
    'a function that runs when it is read',
    (plan) =>
      plan.configuration.root_module.resources.push({
        ...{ address: 'data.aws_lambda_invocation.x', mode: 'data', type: 'aws_lambda_invocation' },
      }),
  ],
  ...(
    [
      ['a configuration', (plan, one) => plan.configuration.root_module.resources.push(one)],
      ['planned values', (plan, one) => (plan.planned_values = { root_module: { resources: [one] } })],
      [
        'values of a module',
        (plan, one) => (plan.planned_values = { root_module: { child_modules: [{ resources: [one] }] } }),
      ],
      ['a state', (plan, one) => (plan.prior_state = { values: { root_module: { resources: [one] } } })],
    ] as const satisfies readonly (readonly [string, (plan: Plan, one: object) => unknown])[]
  ).map(([what, add]): [string, (plan: Plan) => unknown] => [
    `${what} that has more than its changes`,
    (plan) => add(plan, { address: 'aws_iam_user.x', mode: 'managed', type: 'aws_iam_user' }),
  ]),
  [
    'a drift with a field',
    (plan) =>
      (plan.resource_drift = [{ address: 'aws_s3_bucket.backup', tomorrow: 1, change: { actions: ['update'] } }]),
  ],
  ['an unknown field', (plan) => Object.assign(plan, { nobody_knows: { a: 1 } })],
];

test.each(BESIDES)('a plan with %s is not read in full', (_, change) => {
  expect(open(report(joinPlan(stackOf('aws-kms'), planOf('aws-kms', change))), 'unknown')).toContain('input-complete');
});

describe('an import', () => {
  const BUCKET = 'aws_s3_bucket.backup';
  const NAME = 'example-vault-backup-aes-256';
  const PROFILE = 'aws_iam_instance_profile.vault';
  const taking = (...imports: readonly object[]) => {
    const { text } = exampleStack(EXAMPLES, 'aes-256');
    return parseInput(JSON.stringify({ ...JSON.parse(text), import: imports }), 'cdk.tf.json');
  };
  const imported = (address: string, id: string) =>
    planOf('aes-256', (plan) => {
      changeOf(plan, address).importing = { id };
    });

  test.each<[string, readonly object[], string]>([
    ['a bucket by its name', [{ to: BUCKET, id: NAME }], ''],
    ['an address as an expression', [{ to: `\${${BUCKET}}`, id: NAME }], ''],
    ['a setting by the bucket', [{ to: 'aws_s3_bucket_versioning.backup', id: NAME }], ''],
    ['a profile by its name', [{ to: PROFILE, id: 'vault-backup-aes-256' }], ''],
    ['another bucket', [{ to: BUCKET, id: 'other' }], 'the stack imports other as aws_s3_bucket.backup'],
    ['another profile', [{ to: PROFILE, id: 'other' }], 'the stack imports other as aws_iam_instance_profile.vault'],
    ['something outside the stack', [{ to: 'aws_s3_bucket.x', id: NAME }], "the stack has 'import' "],
    ['a bucket through another provider', [{ to: BUCKET, id: NAME, provider: 'aws.x' }], "the stack has 'import' "],
    ['each of several buckets', [{ to: BUCKET, for_each: [NAME], id: '${each.value}' }], "the stack has 'import' "],
  ])('of %s is a doubt unless it is understood', (_, imports, doubt) => {
    const { doubts } = taking(...imports);
    if (doubt === '') expect(doubts).toEqual([]);
    else expect(doubts).toEqual([expect.stringContaining(doubt)]);
  });

  test('passes in a plan that matches the stack', () => {
    expect(report(joinPlan(taking({ to: BUCKET, id: NAME }), imported(BUCKET, NAME))).verdict).toBe('pass');
  });

  test.each([
    ['with another id', BUCKET, 'other'],
    ['with an address that the stack does not name', PROFILE, 'vault-backup-aes-256'],
  ])('fails in a plan %s', (_, address, id) => {
    const joined = report(joinPlan(taking({ to: BUCKET, id: NAME }), imported(address, id)));
    expect(open(joined, 'fail')).toEqual(['plan-fits-stack']);
  });

  test('is a doubt in a plan without its stack', () => {
    expect(open(report(imported(BUCKET, NAME)), 'unknown')).toContain('input-complete');
  });
});
