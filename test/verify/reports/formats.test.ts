import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { XMLParser } from 'fast-xml-parser';
import { RENDERERS } from '../../../lib/verify/report';
import { verificationSchema } from '../../../lib/verify/result/schema';
import type { Verification } from '../../../lib/verify/result/verification';
import { HOSTILE as HOSTILE_TEXTS, withText } from '../../audit/reports/hostile';
import { sarifValidator, testWithSchema, testWithXmllint, xmllint } from '../../audit/reports/official-schemas';
import { FULL_VERIFICATION, VERIFICATION } from '../example-verification';

/** As the operator's half gives it, with a drift and a diagnosis. */
const OPERATOR: Verification = {
  ...VERIFICATION,
  half: 'operator',
  checks: [
    {
      id: 'bucket-policy',
      title: 'The bucket policy refuses and allows what was audited',
      kind: 'configuration',
      controls: ['S3.5'],
      result: 'fail',
      expected: 'The same.',
      observed: [{ call: 'GetBucketPolicy', answer: 'OK', status: 200, requestId: 'R1' }],
      detail: 'the role can do s3:PutObject in more circumstances (transport: plain HTTP).',
      drift: [
        {
          kind: 'widened',
          caller: 'the role',
          actions: ['s3:PutObject'],
          on: ['backups'],
          example: 'arn:aws:s3:::acme-backup/x',
          when: [{ facet: 'transport', only: ['plain HTTP'] }],
          by: [{ layer: 'identity', policy: 'p', statement: 's' }],
        },
      ],
      diagnoses: [{ id: 'changed-since-audit', cause: 'It was changed.', fix: 'terraform apply', inVault: 'Failed' }],
      lookAt: 'The bucket policy.',
      attempts: 1,
      durationMs: 1,
    },
  ],
  counts: { total: 1, pass: 0, fail: 1, inconclusive: 0 },
  notAssessed: ['service control policies'],
  warnings: ['a long-term key'],
  leftovers: [],
};

const HOSTILE = '</testcase>]]>& "quoted" <b>@team</b> | `code`\u0000\u202e';

/** The same with names that try to break out of a format. */
const UNRULY: Verification = {
  ...OPERATOR,
  environment: HOSTILE,
  checks: OPERATOR.checks.map((check) => ({ ...check, title: HOSTILE, detail: HOSTILE, lookAt: HOSTILE })),
};

describe('JSON', () => {
  const validate = addFormats(new Ajv({ strict: false })).compile(
    verificationSchema.toJSONSchema({ io: 'input', target: 'draft-7' }) as object,
  );

  test.each([
    ['host', VERIFICATION],
    ['operator', OPERATOR],
    ['host with everything it can tell', FULL_VERIFICATION],
  ])('of the %s matches its schema', (_half, verification) => {
    validate(JSON.parse(RENDERERS.json(verification)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('with an unknown key does not match its schema', () => {
    expect(validate({ ...VERIFICATION, more: 1 })).toBe(false);
  });
});

describe('JUnit', () => {
  const parse = (text: string) =>
    new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: false }).parse(text)
      .testsuites.testsuite;

  test('has a case for each check and each leftover, and counts what did not pass', () => {
    const { testcase, properties: _, ...suite } = parse(RENDERERS.junit(VERIFICATION));
    expect(suite).toEqual({
      name: 'acme: host',
      tests: '4',
      failures: '1',
      errors: '2',
      skipped: '0',
      time: '2.345',
      timestamp: '2026-03-01T10:00:00',
    });
    expect(
      testcase.map((one: { classname: string; failure?: object; error?: object }) => [
        one.classname,
        'failure' in one ? 'failure' : 'error' in one ? 'error' : 'pass',
      ]),
    ).toEqual([
      ['positive.object-put', 'pass'],
      ['negative.plain-http', 'failure'],
      ['positive.object-get', 'error'],
      ['leftover', 'error'],
    ]);
  });

  test('says what was observed, the cause and the fix', () => {
    const { testcase } = parse(RENDERERS.junit(OPERATOR));
    expect(testcase.failure['#text'].split('\n')).toEqual([
      'Expected: The same.',
      'Observed: GetBucketPolicy: OK, HTTP 200, request R1',
      'Cause: It was changed.',
      'Fix: terraform apply',
      'In Vault it shows as: Failed',
      'Look at: The bucket policy.',
    ]);
  });

  test('keeps hostile text inside', () => {
    const { testcase, name } = parse(RENDERERS.junit(UNRULY));
    expect(name).toBe('</testcase>]]>& "quoted" <b>@team</b> | `code`\ufffd\ufffd: operator');
    expect(testcase.classname).toBe('configuration.bucket-policy');
  });

  testWithXmllint('is valid by its schema', 'junit-10.xsd', (schema) => {
    for (const one of [VERIFICATION, OPERATOR, UNRULY]) expect(xmllint(RENDERERS.junit(one), schema).status).toBe(0);
  });
});

describe('Markdown', () => {
  test('leads with the verdict, shows what did not pass and folds the rest', () => {
    expect(RENDERERS.markdown(VERIFICATION)).toBe(`## Verification of acme as host: ❌ fail

Bucket \`acme-backup\` in account 111122223333 (simulated, not AWS), run as \`arn:aws:sts::111122223333:assumed-role/acme-vault/i-0123456789abcdef0\`. 1 of 3 checks passed, 1 failed, 1 unclear.

### ❌ fail: Requests without TLS are refused

GetObject over HTTP was allowed. (check \`plain-http\`)

- expected: AccessDenied to both requests over HTTP.
- observed: \`GetObject over HTTP\` answered \`OK\`, request \`R2\`
- observed: \`PutObject over HTTP\` answered \`ECONNREFUSED\`
- look at: The statement of the bucket policy that denies s3:\\* where aws:SecureTransport is false.

### ❔ inconclusive: An object can be read back, byte for byte

It was not tried. (check \`object-get\`)

- expected: GetObject returns the bytes that were put.
- look at: The role.

### Left in the bucket

- version \`vault-env-verification/x\`: AccessDenied: no.
  \`aws s3api delete-object --bucket acme-backup --key vault-env-verification/x\`

<details><summary>1 passed</summary>

| check | what it proves |
| --- | --- |
| \`object-put\` | An object can be written |

</details>

Tied to the stack \`${'a'.repeat(64)}\`, run \`run-00000001\`.
`);
  });

  test('shows causes, fixes, warnings and what was not assessed', () => {
    const text = RENDERERS.markdown(OPERATOR);
    for (const line of [
      '- **cause:** It was changed.',
      '- **fix:** terraform apply',
      '> **Warning:** a long-term key',
      '- service control policies',
    ]) {
      expect(text).toContain(`\n${line}`);
    }
  });

  test('keeps hostile text inside', () => {
    const text = RENDERERS.markdown(UNRULY);
    expect(text).not.toMatch(/<b>|(^|[^\\]|<!-- -->)@team|\u202e/);
  });
});

test('text names cause and fix beside what was observed', () => {
  const lines = RENDERERS.text(OPERATOR, { columns: 80, useColour: false }).split('\n');
  const from = lines.indexOf('  cause     It was changed.');
  expect(lines.slice(from, from + 4)).toEqual([
    '  cause     It was changed.',
    '  fix       terraform apply',
    '  in Vault  it shows as: Failed',
    '  look at   The bucket policy.',
  ]);
});

describe('the page', () => {
  const page = RENDERERS.html(FULL_VERIFICATION);

  test.each([
    { what: 'the verdict', text: 'Fail</span> <span>Something is not as it must be.' },
    { what: 'why it does not pass', text: '<b>No pass:</b> The config does not ask for wrong-key.' },
    { what: 'warnings', text: '<b>Warning:</b> The config carries no sum of its own.' },
    { what: 'where credentials came from', text: 'the instance metadata service, until 2026-03-01T16:00:00.000Z' },
    { what: 'who answered', text: '<td><code>https://sts.example</code></td><td><code></code></td>' },
    { what: 'that endpoints other than AWS were accepted', text: 'Others than AWS were accepted on request.' },
    { what: 'that it was simulated', text: '111122223333 (simulated, not AWS)' },
    {
      what: 'the evidence of a check',
      text: '<code>GetObject over HTTP</code></dt><dd><code>OK, HTTP 200, request R2',
    },
    { what: 'the cause', text: '<h5>Cause</h5><p>No statement refuses it.</p>' },
    {
      what: 'what the environment calls for',
      text: 'wrong-key: the environment calls for it, and the config does not',
    },
    { what: 'what was left out', text: 'administer-iam: left out on request' },
    { what: 'what was not assessed', text: '<li>service control policies</li>' },
    { what: 'what was granted and not tried', text: 's3:PutBucketVersioning: granted, and not tried' },
    { what: 'what stays locked', text: '7 versions of the probes stay until 2026-03-31 10:00 UTC' },
    { what: 'the command for what was left', text: 'aws s3api delete-object --bucket acme-backup' },
    { what: 'what cannot be removed yet', text: 'Object Lock keeps it: vault-env verify --clean' },
    { what: 'the checksums', text: `<code>${'c'.repeat(64)}</code>` },
  ])('shows $what', ({ text }) => {
    expect(page).toContain(text);
  });

  test('opens what did not pass, failures first, and folds the rest', () => {
    const order = [...page.matchAll(/<details class="finding (\w+)" id="check-([a-z-]+)"( open)?>/g)].map((one) =>
      one.slice(1),
    );
    expect(order).toEqual([
      ['fail', 'plain-http', ' open'],
      ['unknown', 'object-get', ' open'],
      ['pass', 'object-put', undefined],
    ]);
  });

  test('says so where it has nothing to show', () => {
    const { leftovers: _, answeredBy: __, ...rest } = VERIFICATION;
    const text = RENDERERS.html({ ...rest, checks: [], leftOut: [], notExercised: [], leftovers: [] });
    for (const line of ['Every check that was asked passed.', 'It is not known.', '<p>None.</p>', '<p>Nothing.</p>']) {
      expect(text).toContain(line);
    }
  });

  test.each(HOSTILE_TEXTS)('keeps its markup with $what', ({ text }) => {
    const tags = (html: string) => html.replaceAll(/<[^>]*>/g, (tag) => tag.split(/[ >]/)[0] ?? '').match(/<\/?\w+/g);
    const hostile = RENDERERS.html(withText(FULL_VERIFICATION, text));
    expect(tags(hostile)).toEqual(tags(page));
    expect(['\u0000', '\u0007', '\u202e', '\ud800'].filter((mark) => hostile.includes(mark))).toEqual([]);
  });
});

describe('SARIF', () => {
  const sarif = (verification: Verification) => JSON.parse(RENDERERS.sarif(verification)).runs[0];

  test('has a result for each check, each doubt and what was left, and a level for failures alone', () => {
    const { results } = sarif(FULL_VERIFICATION);
    const told = results.map(({ ruleId, kind, level }: Record<string, string>) => `${ruleId} ${kind} ${level}`);
    expect(told).toEqual([
      'object-put pass none',
      'plain-http fail error',
      'object-get open none',
      'verdict-in-doubt open none',
      'left-in-bucket review none',
      'left-in-bucket review none',
    ]);
    expect(results[1].message.text).toBe(
      'GetObject over HTTP was allowed. Cause: No statement refuses it. Fix: terraform apply',
    );
  });

  test('tells what the verdict rests on, and names a rule for each result', () => {
    const { tool, results, properties, automationDetails } = sarif(FULL_VERIFICATION);
    expect(automationDetails.id).toBe('vault-env verify/acme/host');
    expect(properties).toMatchObject({
      verdict: 'fail',
      simulated: true,
      notAsked: ['wrong-key'],
      leftOut: ['administer-iam'],
    });
    expect(properties.answeredBy).toEqual(FULL_VERIFICATION.answeredBy);
    const rules = new Set(tool.driver.rules.map(({ id }: { id: string }) => id));
    expect(results.filter(({ ruleId }: { ruleId: string }) => !rules.has(ruleId))).toEqual([]);
  });

  testWithSchema('is valid by its schema', 'sarif-2.1.0.schema.json', (file) => {
    const validate = sarifValidator(file);
    for (const one of [VERIFICATION, FULL_VERIFICATION, OPERATOR, UNRULY]) {
      validate(JSON.parse(RENDERERS.sarif(one)));
      expect(validate.errors ?? []).toEqual([]);
    }
  });
});
