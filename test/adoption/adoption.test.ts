import { type Adoption, VERDICTS } from '../../lib/adoption/adoption';
import { judgeBeside } from '../../lib/adoption/judgements/beside';
import { judgeLifecycle } from '../../lib/adoption/judgements/lifecycle';
import { judgePlace } from '../../lib/adoption/judgements/place';
import { proposedLines, withLines } from '../../lib/adoption/proposal';
import { renderAdoptionPage } from '../../lib/adoption/reports/html';
import { renderAdoption } from '../../lib/adoption/reports/text';
import { adoptionSchema } from '../../lib/adoption/schema';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { importAccessPoint, startSimulatedAccount } from '../../lib/simulated-aws';
import { administratorOf } from '../support/deploy-stack';
import { EXAMPLES, loadExample } from '../support/examples';
import { ADOPTED, BUCKET, examine } from './estate';
import { ADOPTION_MUTANTS } from './mutants';
import { expectSeen, inEstate } from './see-mutant';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
});

test('an account that matches the file is the same at every point', async () => {
  const adoption = await inEstate((estate) => examine(estate, { catalogue }));
  expect(adoption.items.filter(({ verdict }) => verdict !== 'same')).toEqual([]);
  expect(adoption).toMatchObject({ verdict: 'pass', imports: ADOPTED.adopt, makes: [], simulated: true, doubts: [] });
  expect(adoptionSchema.parse(adoption)).toEqual(adoption);
});

test('in an empty account, everything is made and nothing is lost', async () => {
  const account = await startSimulatedAccount({ accountId: '111122223333', region: 'us-east-2' });
  const environment = loadExample(EXAMPLES, 'aes-256');
  const adoption = await examine({ ...administratorOf(account), account }, { catalogue, environment });
  await account.stop();
  expect({ ...adoption, answeredBy: [], notAssessed: [] }).toMatchObject({ verdict: 'pass', imports: [], items: [] });
  expect(adoption.makes).toEqual([
    ...['bucket', 'versioning', 'encryption', 'public-access-block', 'ownership', 'bucket-policy', 'lifecycle'],
    ...['access-log', 'role', 'instance-profile', 'policies'],
  ]);
});

// One for each verdict; CI takes all of them.
test.each(VERDICTS.flatMap((one) => ADOPTION_MUTANTS.find(({ verdict }) => verdict === one) ?? []))(
  '$name $verdict',
  (mutant) => expectSeen(mutant, catalogue),
);

test('there are at least fifty cases, and one for each verdict', () => {
  const tried = new Set(ADOPTION_MUTANTS.map(({ verdict }) => verdict));
  expect(VERDICTS.filter((verdict) => !tried.has(verdict))).toEqual([]);
  expect(ADOPTION_MUTANTS.length).toBeGreaterThanOrEqual(50);
});

describe('a statement of the bucket policy', () => {
  const statement = {
    ...{ Sid: 'Partner', Effect: 'Allow' as const, Principal: { AWS: 'arn:aws:iam::444455556666:root' } },
    ...{ Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/*` },
  };
  const mutant = ADOPTION_MUTANTS.find(({ name }) => name.endsWith(': a statement for a partner'));
  const ofStatement = ({ items }: Adoption) =>
    items.filter(({ id }) => id.startsWith('aws_s3_bucket_policy') || id.includes('444455556666'));

  test('is proposed for keeping, by somebody who has yet to say why', async () => {
    await inEstate(async (estate) => {
      await mutant?.make?.(estate);
      const adoption = await examine(estate, { catalogue });
      const lines = proposedLines(adoption, ADOPTED.adopt);
      expect(lines).toMatchObject([{ path: 'bucketPolicy.keep', value: [{ reason: '', owner: '', statement }] }]);
      expect(withLines('label: Acme\n', lines)).toContain('\nbucketPolicy:\n  # Kept as it was before: ');
      expect({ verdict: adoption.verdict, ids: ofStatement(adoption).map(({ verdict }) => verdict) }).toEqual({
        verdict: 'fail',
        ids: ['locks-out', 'tightens'],
      });
    });
  });

  test('that is kept locks nobody out, and is proposed no more', async () => {
    const keep = [{ reason: 'reads backups', owner: 'backup team', statement }];
    await inEstate(async (estate) => {
      await mutant?.make?.(estate);
      const adoption = await examine(estate, { catalogue, environment: { ...ADOPTED, bucketPolicy: { keep } } });
      expect({ verdict: adoption.verdict, items: ofStatement(adoption) }).toEqual({ verdict: 'pass', items: [] });
    });
  });

  test('that leaves it to an access point and is kept locks nobody out', async () => {
    const ofPoints = {
      ...{ ...statement, Sid: 'Points', Principal: { AWS: '*' } },
      Condition: { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } },
    };
    const keep = [{ reason: 'reports', owner: 'backup team', statement: ofPoints }];
    const delegated = ADOPTION_MUTANTS.find(({ name }) => name.endsWith('that the bucket policy leaves it to'));
    await inEstate(async (estate) => {
      await delegated?.make?.(estate);
      const { items } = await examine(estate, { catalogue, environment: { ...ADOPTED, bucketPolicy: { keep } } });
      expect(items.filter(({ id }) => id.includes('access-point')).map(({ verdict }) => verdict)).toEqual(['stays']);
    });
  });
});

test.each([
  ['of another bucket is nothing to this one', 'example-access-logs', []],
  ['of the bucket stays, and is in nobody’s way', BUCKET, ['stays']],
])('an access point %s', async (_, bucket, verdicts) => {
  await inEstate(async (estate) => {
    importAccessPoint(estate.account.state, bucket, { name: 'reports' });
    const { items, verdict } = await examine(estate, { catalogue });
    const told = items.filter(({ id }) => id.includes('access-point'));
    expect({ verdict, told: told.map((one) => one.verdict) }).toEqual({ verdict: 'pass', told: verdicts });
  });
});

describe('a loss', () => {
  const LOSS = 'aws_s3_bucket.backup/tags';
  const NEXT_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const accept = (more: object) => [
    { at: 'w.yaml: accept.0', target: LOSS, reason: 'agreed', owner: 'backup team', expires: NEXT_MONTH, ...more },
  ];
  const mutant = ADOPTION_MUTANTS.find(({ name }) => name.endsWith(': a tag'));

  test.each([
    ['fails when nobody accepts it', [], 'fail'],
    ['passes when it is accepted', accept({}), 'pass'],
    ['fails once the acceptance has expired', accept({ expires: '2026-01-01' }), 'fail'],
    ['fails when the acceptance has no owner', accept({ owner: undefined }), 'fail'],
    ['fails when something else is accepted', accept({ target: 'aws_s3_bucket.backup/acl' }), 'fail'],
  ])('%s', async (_, accepted, verdict) => {
    await inEstate(async (estate) => {
      await mutant?.make?.(estate);
      const adoption = await examine(estate, { catalogue, accepted });
      expect(adoption.verdict).toBe(verdict);
      const [loss] = adoption.items;
      expect({ id: loss?.id, keep: loss?.keep }).toEqual({ id: LOSS, keep: { tags: { team: 'crm' } } });
    });
  });
});

describe('the place of the bucket', () => {
  const refused = (code: string, status: number) => ({ ok: false, code, status, requestId: 'R', message: 'no' });
  const sidesOf = (answer: object) =>
    ({
      found: { bucket: { region: { call: 'GetBucketLocation', answer } }, role: { answer: refused('x', 500) } },
      wanted: { region: 'us-east-2', account: '111122223333', adopt: ['bucket'], environment: { rolePath: '/' } },
    }) as unknown as Parameters<typeof judgePlace>[0];

  test.each([
    ['another region', { ok: true, value: 'eu-west-1' }, ['aws_s3_bucket.backup/region eu-west-1']],
    ['a redirect', refused('PermanentRedirect', 301), ['aws_s3_bucket.backup/region another region']],
    ['another owner', refused('AccessDenied', 403), ['aws_s3_bucket.backup/owner not to be read']],
    ['the same', { ok: true, value: 'us-east-2' }, []],
  ])('blocks unless it is the one in the file: %s', (_, answer, expected) => {
    expect(
      judgePlace(sidesOf(answer)).map(({ id, was, verdict }) => `${id} ${was}${verdict === 'blocks' ? '' : '?'}`),
    ).toEqual(expected);
  });
});

// The simulated account holds no such list.
test('a bucket ACL that grants to others blocks', () => {
  const read = <T>(value: T) => ({ call: 'x', answer: { ok: true, value } });
  const found = {
    aclGrants: read([{ grantee: 'http://acs.amazonaws.com/groups/s3/LogDelivery', permission: 'WRITE' }]),
    bucket: { isWebsite: read(false) },
    ...{ notifies: read([]), inventories: read([]), requestPayer: read('BucketOwner') },
    beside: {
      ...{ cors: read([]), acceleration: read([]), 'intelligent-tiering': read([]) },
      ...{ analytics: read([]), metrics: read([]) },
    },
  };
  expect(judgeBeside({ found } as unknown as Parameters<typeof judgeBeside>[0])).toMatchObject([
    {
      id: 'aws_s3_bucket.backup/acl',
      verdict: 'blocks',
      was: 'WRITE to http://acs.amazonaws.com/groups/s3/LogDelivery',
    },
  ]);
});

test('lines that keep things are written into the file, and nothing else in it changes', () => {
  const item = { id: 'x', verdict: 'loses', was: 'team=crm\n# adopt: []', is: '', detail: '' } as const;
  const items = [
    { ...item, keep: { tags: { team: 'crm' } } },
    { ...item, was: 'key a', keep: { 'encryption.former': ['a'] } },
    { ...item, was: 'key b', keep: { 'encryption.former': ['b'] } },
    { ...item, was: '3650 days', keep: { noncurrentVersionDays: 3650 } },
  ];
  const text = '# of Acme\nlabel: Acme # theirs\nencryption:\n  method: AES-256\nnoncurrentVersionDays: 30\n';
  const lines = proposedLines({ exists: ['bucket', 'lifecycle'], items }, ['bucket']);
  expect(withLines(text, lines).split('\n')).toEqual([
    '# of Acme',
    'label: Acme # theirs',
    'encryption:',
    '  method: AES-256',
    '  # Kept as it was before: key a',
    '  former:',
    '    - a',
    '    - b',
    '# Kept as it was before: 3650 days',
    'noncurrentVersionDays: 3650',
    '# What existed before this file',
    'adopt:',
    '  - bucket',
    '  - lifecycle',
    expect.stringMatching(/^# Kept as it was before: team=crm.# adopt: \[\]$/),
    'tags:',
    '  team: crm',
    '',
  ]);
  expect(proposedLines({ exists: ['bucket'], items: [] }, ['bucket'])).toEqual([]);
});

test.each([
  ['accessLog', { bucket: 'logs' }, 'access-log'],
  ['objectLock', { mode: 'GOVERNANCE', retentionDays: 1 }, 'object-lock'],
] as const)('lines for %s name the setting in adopt too, so that one run writes all', (path, value, thing) => {
  const item = { id: 'x', verdict: 'stays', was: '', is: '', detail: '', keep: { [path]: value } } as const;
  const lines = proposedLines({ exists: ['bucket', 'alias'], items: [item] }, []);
  expect(lines.find((line) => line.path === 'adopt')?.value).toEqual(['bucket', thing, 'alias']);
});

describe('the days that keep versions', () => {
  const rule = (prefix: string, days: number) => ({
    ...{ id: prefix || 'all', status: 'Enabled', filter: [{ prefix }] },
    noncurrent_version_expiration: [{ noncurrent_days: days }],
  });
  test.each([
    ['those of the rule for every object', [rule('', 90), rule('old/', 365)], 90],
    ['a hundred years, where the rules leave some objects alone', [rule('old/', 365)], 36_500],
    ['a hundred years, where there is no rule', [], 36_500],
    ['the fewest of two rules for every object', [rule('', 90), rule('', 60)], 60],
  ])('are %s', (_, rules, noncurrentVersionDays) => {
    const read = (value: object) => ({ call: 'x', answer: { ok: true, value } });
    const found = { lifecycleArguments: read({ rule: rules }), versions: read({ listed: [], isCutOff: false }) };
    const wanted = { environment: { noncurrentVersionDays: 30 }, lifecycle: { rule: [rule('', 30)] } };
    const sides = { found, wanted, now: new Date(0) } as unknown as Parameters<typeof judgeLifecycle>[0];
    expect(judgeLifecycle(sides).map(({ keep }) => keep)).toContainEqual({ noncurrentVersionDays });
  });
});

describe('the reports', () => {
  const adoption = {
    version: 1,
    environment: 'acme',
    ...{ account: '111122223333', region: 'us-east-2', bucket: BUCKET },
    verdict: 'fail',
    operator: 'arn:aws:iam::111122223333:user/a',
    exists: ['bucket'],
    imports: ['bucket'],
    makes: ['role'],
    items: [{ id: 'aws_s3_bucket.backup/tags', verdict: 'loses', was: '<b>\u001b=1', is: '', detail: 'gone' }],
    objects: {
      listedVersions: 2,
      isCutOff: false,
      sampled: 1,
      groups: [{ method: 'AES256', bucketKey: false, count: 1, example: 'a' }],
    },
    doubts: [],
    answeredBy: [],
    notAssessed: ['access points'],
    warnings: [],
  } as const;

  test('say everything as text', () => {
    expect(renderAdoption(adoption, (text) => text).split('\n')).toEqual([
      `Taking over acme: ${BUCKET} in us-east-2, account 111122223333`,
      '',
      '  imports  bucket',
      '  makes    role',
      '',
      'Lost',
      '  aws_s3_bucket.backup/tags',
      '      <b>\ufffd=1  ->  (none)',
      '      gone',
      '',
      'Objects: 2 versions listed, 1 looked at',
      '  1  AES256',
      '',
      'Not assessed',
      '  access points',
      '',
      'FAIL: 0 in the way, 1 lost, locked out or not known that nobody accepted',
      '',
    ]);
  });

  test('say in a page which objects were looked at', () => {
    expect(renderAdoptionPage(adoption)).toContain('<p>2 versions listed, 1 looked at</p>');
    expect(renderAdoptionPage(adoption)).toContain('<td>1</td><td>AES256</td>');
    expect(renderAdoptionPage({ ...adoption, objects: undefined } as never)).not.toContain('<h2>Objects</h2>');
  });

  test('escape everything the account says in a page', () => {
    const page = renderAdoptionPage(adoption);
    expect(page).toContain('&lt;b&gt;\ufffd=1');
    expect(page).not.toContain('<b>');
  });
});
