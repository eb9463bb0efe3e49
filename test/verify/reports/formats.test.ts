import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { XMLParser } from 'fast-xml-parser';
import { RENDERERS } from '../../../lib/verify/report';
import { verificationSchema } from '../../../lib/verify/result/schema';
import type { Verification } from '../../../lib/verify/result/verification';
import { testWithXmllint, xmllint } from '../../audit/reports/official-schemas';
import { VERIFICATION } from '../example-verification';

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
  ])('of the half of the %s is as its schema says', (_half, verification) => {
    validate(JSON.parse(RENDERERS.json(verification)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('with a key that nobody knows is not', () => {
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

  test('keeps what tries to break out of it inside', () => {
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

  test('keeps what tries to break out of it inside', () => {
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
