import { XMLParser, XMLValidator } from 'fast-xml-parser';
import MarkdownIt from 'markdown-it';
import type { AuditReport } from '../../../lib/audit/report/audit-report';
import { auditReportSchema } from '../../../lib/audit/report/schema';
import { renderHtml } from '../../../lib/audit/reports/html/page';
import { renderJson } from '../../../lib/audit/reports/json';
import { renderJunit } from '../../../lib/audit/reports/junit';
import { renderMarkdown } from '../../../lib/audit/reports/markdown';
import { renderOscal } from '../../../lib/audit/reports/oscal';
import { resourceLines } from '../../../lib/audit/reports/resource-lines';
import { renderSarif } from '../../../lib/audit/reports/sarif';
import { renderText } from '../../../lib/audit/reports/text';
import { EXAMPLES, loadExample, synthesizeStack } from '../../support/synthesize';
import { EXAMPLE_REPORT, FINDINGS } from './example-report';
import { HOSTILE, hostileReport } from './hostile';
import { oscalValidator, sarifValidator, testWithSchema, testWithXmllint, xmllint } from './official-schemas';
import { reportWithProof } from './report-with-proof';

/** As much of a result of SARIF as says where it is. */
interface Placed {
  readonly locations: readonly [
    {
      readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
      readonly physicalLocation: { readonly region?: { readonly startLine: number } };
    },
  ];
}

const EMPTY: AuditReport = { ...EXAMPLE_REPORT, findings: [], resources: [], inputs: [], notAssessed: [] };

let full: AuditReport;

beforeAll(async () => {
  full = await reportWithProof();
});

/** The same report, its objects made anew. */
const again = (report: AuditReport): AuditReport => JSON.parse(JSON.stringify(report));
const hostile = () => HOSTILE.map(({ text }) => hostileReport(full, text));

describe.each([
  { format: 'Markdown', render: renderMarkdown },
  { format: 'SARIF', render: (report: AuditReport) => renderSarif(report) },
  { format: 'OSCAL', render: renderOscal },
  { format: 'JUnit', render: renderJunit },
  { format: 'HTML', render: renderHtml },
])('$format', ({ render }) => {
  test('has the same bytes for the same report, and ends with a line feed', () => {
    expect(render(again(full))).toBe(render(full));
    expect(render(full)).toMatch(/[^\n]\n$/);
  });
});

test.each<[format: string, render: (report: AuditReport) => string, wanted: string]>([
  ['text', (report) => renderText(report, { paint: (text) => text }), '3 waived, as of 2026-11-25\n'],
  ['JSON', renderJson, '"asOf": "2026-11-25"'],
  ['HTML', renderHtml, '<title>Audit of aws-kms: fail as of 2026-11-25</title>'],
  ['Markdown', renderMarkdown, '## Audit of aws-kms: ❌ fail as of 2026-11-25\n'],
  ['SARIF', (report) => renderSarif(report), '"verdict": "fail",\n        "asOf": "2026-11-25"'],
  ['OSCAL', renderOscal, 'The verdict is fail as of 2026-11-25.'],
  ['JUnit', renderJunit, '<property name="as-of" value="2026-11-25"/>'],
])('the verdict as %s names the day that waivers were held against', (_format, render, wanted) => {
  const { asOf: _asOf, ...undated } = full;
  expect(render(full)).toContain(wanted);
  expect(render(undated)).not.toContain('2026-11-25');
});

test.each<[format: string, render: (report: AuditReport) => string]>([
  ['text', (report) => renderText(report, { paint: (text) => text })],
  ['JSON', renderJson],
  ['HTML', renderHtml],
  ['Markdown', renderMarkdown],
  ['SARIF', (report) => renderSarif(report)],
  ['OSCAL', renderOscal],
  ['JUnit', renderJunit],
])('no input gives a command to a build server through %s', (_format, render) => {
  const commands = hostile().flatMap((report) => render(report).match(/##[\w.-]*\[.*|^\s*::\w.*/gm) ?? []);
  expect(commands).toEqual([]);
});

describe('text', () => {
  const plain = (text: string) => text;

  test('says what is wrong and what to do, and names a passing rule only once', () => {
    const [passed] = FINDINGS;
    const other = { ...passed, resource: 'aws_s3_bucket_versioning.logs' } as (typeof FINDINGS)[number];
    const report = { ...EXAMPLE_REPORT, findings: [...FINDINGS, other] };
    expect(renderText(report, { paint: plain })).toBe(`Audit of aws-kms, account 111122223333, region us-east-2
  synthesized-stack  environments/../cdktf.out/stacks/aws-kms/cdk.tf.json  sha256 aaaaaaaaaaaa
  waivers            waivers.yaml  sha256 bbbbbbbbbbbb
  judged by          vault-backup-environment 0.1.0

Fails
  Requests without TLS are denied  S3.5 CIS 2.1.1
      rule      tls-only
      at        aws_s3_bucket_policy.backup
      because   The denial of plain HTTP covers the objects and not the bucket itself.
      seen      aws_s3_bucket_policy.backup: policy.Statement.DenyPlainHttp.Resource: arn:aws:s3:::acme-vault/*
      remedy    Name both ARNs in 'DenyPlainHttp': that of the bucket, and that with /* at its end.

Unknown
  The account administers the key and cannot decrypt with it  KMS.5
      rule      key-policy
      at        aws_kms_key.backup
      because   The policy is known only after apply.
      seen      aws_kms_key.backup: policy: (known after apply)
      remedy    Set it as the README says, then synthesize again.

Passes
  Versioning is on  (2 resources)  S3.14

Not applicable
  Object Lock and the rights of the role agree  S3.15
      The bucket has no Object Lock.

Inherited from the account
  The account blocks public access  S3.1 CIS 2.1.4
      The owner of the account answers for it.

Waived
  Access to the bucket is logged  (fail: access-logging at aws_s3_bucket.backup)
      Data events of CloudTrail are kept instead (until 2027-03-31, security@acme.example)
  Objects are encrypted under a customer-managed key  (fail: kms-at-rest at aws_s3_bucket_server_side_encryption_configuration.backup)
      AES-256 was chosen for this environment (follows from the environment)
  The state is encrypted and locked  (unknown: state-backend at terraform.backend)
      Settings are in the pipeline (until 2026-12-31, platform)

Beside what the vendor documents
  the policy of the vendor
      grants 2 actions that this environment does not: s3:PutBucketVersioning, s3:PutLifecycleConfiguration
      lacks 1 that this environment needs: s3:AbortMultipartUpload

Not assessed
  Organization policies (SCP, RCP)
  VPC endpoint policies

FAIL: 8 findings, 1 pass, 1 fail, 1 unknown, 1 not-applicable, 1 inherited, 3 waived, as of 2026-11-25
`);
  });

  test.each(HOSTILE)('keeps its lines and stays visible with $what', ({ text }) => {
    const shown = renderText(hostileReport(full, text), { paint: plain });
    expect(shown.split(/[\n\r\u0085\u2028\u2029]/).length).toBe(renderText(full, { paint: plain }).split('\n').length);
    expect(shown).not.toMatch(/[^\P{Cc}\n]|[\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u);
  });

  test.each(HOSTILE)('as JSON stays the same document, each character visible, with $what', ({ text }) => {
    const report = hostileReport(full, text);
    expect(JSON.parse(renderJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
    expect(renderJson(report)).not.toMatch(/[^\P{Cc}\n]|[\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u);
  });

  test('colours the verdict and the titles of what decides it', () => {
    const painted = renderText(EXAMPLE_REPORT, { paint: (text, style) => `<${style} ${text}>` });
    expect(painted.match(/<(?:red|yellow|green) [^>]*>/g)).toEqual([
      '<red Requests without TLS are denied>',
      '<yellow The account administers the key and cannot decrypt with it>',
      '<green Versioning is on>',
      '<red FAIL>',
    ]);
  });
});

describe('SARIF', () => {
  const run = (report: AuditReport) => JSON.parse(renderSarif(report, { allResults: true })).runs[0];

  testWithSchema('is valid by its official schema, whatever the report holds', 'sarif-2.1.0.schema.json', (file) => {
    const isValid = sarifValidator(file);
    for (const report of [full, EXAMPLE_REPORT, EMPTY, ...hostile()]) {
      expect({ valid: isValid(JSON.parse(renderSarif(report))), errors: isValid.errors }).toEqual({
        valid: true,
        errors: null,
      });
    }
    expect(isValid({ ...JSON.parse(renderSarif(full)), version: '2.0.0' })).toBe(false);
  });

  test('holds only what decides, unless all results are asked for', () => {
    const { results, tool } = JSON.parse(renderSarif(full)).runs[0];
    expect(results.map(({ kind, level }: Record<string, unknown>) => [kind, level])).toEqual([
      ['fail', 'error'],
      ['open', 'none'],
    ]);
    expect(tool.driver.rules).toHaveLength(2);
  });

  test('gives each result its kind, and only failures a level', () => {
    expect(
      run(full).results.map(({ kind, level, suppressions }: Record<string, unknown>) => [
        kind,
        level,
        suppressions !== undefined,
      ]),
    ).toEqual([
      ['pass', 'none', false],
      ['fail', 'error', false],
      ['open', 'none', false],
      ['notApplicable', 'none', false],
      ['review', 'none', false],
      ['fail', 'error', true],
      ['fail', 'error', true],
      ['open', 'none', true],
    ]);
  });

  test('points at the resource in the stack, and names the waiver', () => {
    const { results, artifacts } = run(full);
    expect(results[5]).toMatchObject({
      ruleId: 'access-logging',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'environments/../cdktf.out/stacks/aws-kms/cdk.tf.json', index: 0 },
          },
          logicalLocations: [{ fullyQualifiedName: 'aws_s3_bucket.backup', kind: 'resource' }],
        },
      ],
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'Data events of CloudTrail are kept instead',
          properties: { owner: 'security@acme.example', expires: '2027-03-31', source: 'file' },
        },
      ],
    });
    expect(artifacts[0].hashes).toEqual({ 'sha-256': 'a'.repeat(64) });
  });

  test('points at the line of the resource where the text of the stack is at hand', () => {
    const stackText = [
      '{"//": {"resource": {"aws_s3_bucket": {"backup": 1}}},',
      ' "output": {"a \\"{": {"value": ["x", {"resource": "}"}]}},',
      ' "resource": {',
      '  "aws_s3_bucket": {"backup": {"bucket": "}"}},',
      '  "aws_s3_bucket_policy": {',
      '   "backup": {"policy": "{\\"resource\\":[]}"}}}}',
    ].join('\n');
    const { results } = JSON.parse(renderSarif(full, { stackText, allResults: true })).runs[0];
    const lines = results.map(({ locations: [{ logicalLocations, physicalLocation }] }: Placed) => [
      logicalLocations[0]?.fullyQualifiedName,
      physicalLocation.region?.startLine,
    ]);
    expect(Object.fromEntries(lines)).toEqual({
      'aws_s3_bucket_versioning.backup': undefined,
      'aws_s3_bucket_policy.backup': 6,
      'aws_kms_key.backup': undefined,
      'aws_s3_bucket.backup': 4,
      'account 111122223333': undefined,
      'aws_s3_bucket_server_side_encryption_configuration.backup': undefined,
      'terraform.backend': undefined,
    });
    const { text } = synthesizeStack(loadExample(EXAMPLES, 'aes-256'));
    const line = resourceLines(text)('aws_s3_bucket_versioning.backup') ?? 0;
    expect(text.split('\n').slice(line - 2, line)).toEqual(['    "aws_s3_bucket_versioning": {', '      "backup": {']);
    expect(resourceLines(text)('output.backup_environment')).toBeGreaterThan(0);
  });

  test('points at the plan when there is no synthesized stack, and at no file when there is neither', () => {
    const inputs = [{ name: 'my plan#1.json', kind: 'plan' as const, sha256: 'c'.repeat(64) }];
    expect(run({ ...full, inputs }).results[0].locations[0].physicalLocation.artifactLocation).toEqual({
      uri: 'my%20plan%231.json',
      index: 0,
    });
    expect(run(EMPTY).results).toEqual([]);
    expect(run({ ...full, inputs: [] }).results[0].locations[0]).toEqual({
      logicalLocations: [{ fullyQualifiedName: 'aws_s3_bucket_versioning.backup', kind: 'resource' }],
    });
  });

  test('describes each rule once, with help and the controls that it answers', () => {
    const { rules, supportedTaxonomies } = run(full).tool.driver;
    expect(rules.map(({ id }: { id: string }) => id)).toEqual(FINDINGS.map(({ rule }) => rule));
    expect(rules[1]).toMatchObject({
      shortDescription: { text: 'Requests without TLS are denied' },
      help: { text: "Name both ARNs in 'DenyPlainHttp': that of the bucket, and that with /* at its end." },
      helpUri: 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5',
    });
    const [first] = rules[1].relationships;
    expect(first).toEqual({
      target: { id: 'S3.5', toolComponent: { name: 'AWS Foundational Security Best Practices', index: 0 } },
      kinds: ['relevant'],
    });
    expect(supportedTaxonomies[0]).toEqual({ name: 'AWS Foundational Security Best Practices', index: 0 });
    expect(rules[7].helpUri).toBeUndefined();
  });

  test('does not take brackets and braces for links or placeholders', () => {
    const [finding] = FINDINGS;
    if (finding === undefined) throw new Error('no finding');
    const { results } = run({ ...full, findings: [{ ...finding, detail: '[a](b) {0} c\\d' }] });
    expect(results[0].message.text).toBe('\\[a\\](b) {{0}} c\\\\d');
  });
});

describe('OSCAL', () => {
  const results = (report: AuditReport) => JSON.parse(renderOscal(report))['assessment-results'];

  testWithSchema(
    'is valid by the official schema, whatever the report holds',
    'oscal-assessment-results-1.0.6.schema.json',
    (file) => {
      const isValid = oscalValidator(file);
      const { asOf: _asOf, ...undated } = full;
      for (const report of [full, EXAMPLE_REPORT, EMPTY, undated, ...hostile()]) {
        expect({ valid: isValid(JSON.parse(renderOscal(report))), errors: isValid.errors }).toEqual({
          valid: true,
          errors: null,
        });
      }
      expect(isValid({ 'assessment-results': { ...results(full), uuid: 'none' } })).toBe(false);
    },
  );

  test('names its version, and holds no time apart from the day of the audit', () => {
    const {
      metadata,
      results: [result],
    } = results(full);
    expect(metadata).toEqual({
      title: 'Audit of aws-kms',
      'last-modified': '2026-11-25T00:00:00Z',
      version: '0.1.0',
      'oscal-version': '1.1.2',
    });
    expect(result.start).toBe('2026-11-25T00:00:00Z');
    const { asOf: _asOf, ...undated } = full;
    expect(results(undated).results[0]).toMatchObject({
      start: '1970-01-01T00:00:00Z',
      remarks: expect.stringMatching(/^The time of the assessment was not recorded/),
    });
  });

  test('decides each control that the stack has an answer for, and no other', () => {
    const [{ findings, 'reviewed-controls': reviewed }] = results(full).results;
    const states = Object.fromEntries(
      findings.map(({ target }: { target: { 'target-id': string; status: { state: string; reason: string } } }) => [
        target['target-id'],
        `${target.status.state}, ${target.status.reason}`,
      ]),
    );
    expect(states).toEqual({
      'ac-3_obj': 'not-satisfied, other',
      'ac-6_obj': 'not-satisfied, other',
      'ac-17.2_obj': 'not-satisfied, fail',
      'au-2_obj': 'not-satisfied, fail',
      'au-9.2_obj': 'satisfied, pass',
      'au-12_obj': 'not-satisfied, fail',
      'cp-9_obj': 'satisfied, pass',
      'sc-8_obj': 'not-satisfied, fail',
      'sc-8.1_obj': 'not-satisfied, fail',
      'sc-13_obj': 'not-satisfied, fail',
      'sc-28.1_obj': 'not-satisfied, fail',
      'si-12_obj': 'satisfied, pass',
    });
    expect(
      reviewed['control-selections'][0]['include-controls'].map(
        (one: Record<string, string>) => `${one['control-id']}_obj`,
      ),
    ).toEqual(Object.keys(states));
  });

  test('has a risk for each failure and doubt, and knows which are accepted and until when', () => {
    const [{ risks }] = results(full).results;
    expect(risks.map(({ status, deadline }: Record<string, string>) => [status, deadline])).toEqual([
      ['open', undefined],
      ['open', undefined],
      ['deviation-approved', '2027-03-31T23:59:59Z'],
      ['deviation-approved', undefined],
      ['deviation-approved', '2026-12-31T23:59:59Z'],
    ]);
  });

  test('refers to nothing that it does not hold', () => {
    const text = renderOscal(full);
    const {
      uuid,
      results: [result],
      'back-matter': { resources },
    } = results(full);
    const held = [
      uuid,
      result.uuid,
      ...[resources, result.observations, result.risks, result.findings, result['local-definitions']['inventory-items']]
        .flat()
        .map((one) => one.uuid),
    ];
    const referred = [...text.matchAll(/"(?:[a-z]+-uuid|href)": "#?([0-9a-f-]{36})"/g)].map(([, id]) => id);
    expect(referred.length).toBeGreaterThan(20);
    expect(referred.filter((id) => !held.includes(id))).toEqual([]);
    expect(new Set(held).size).toBe(held.length);
  });

  test('keeps its ids in a later report, apart from that of the report itself', () => {
    const later = { ...full, verdict: 'pass' as const };
    expect(results(later).uuid).not.toBe(results(full).uuid);
    expect(results(later).results[0].findings).toEqual(results(full).results[0].findings);
  });
});

describe('checks of other scanners that ask the same', () => {
  const [finding] = FINDINGS;
  const equivalents = { checkov: ['CKV_AWS_21'], prowler: ['s3_bucket_object_versioning'], beyond: 'it asks more' };
  const report: AuditReport = {
    ...EXAMPLE_REPORT,
    findings: [{ ...(finding as NonNullable<typeof finding>), equivalents }],
  };

  test.each<[string, (report: AuditReport) => unknown, unknown]>([
    ['JSON', (given) => JSON.parse(renderJson(given)).findings[0].equivalents, equivalents],
    [
      'SARIF',
      (given) =>
        JSON.parse(renderSarif(given, { allResults: true })).runs[0].tool.driver.rules[0].properties.equivalents,
      equivalents,
    ],
    [
      'OSCAL',
      (given) =>
        JSON.parse(renderOscal(given))
          ['assessment-results'].results[0].observations[0].props.filter(({ name }: { name: string }) =>
            ['checkov', 'prowler'].includes(name),
          )
          .map(({ name, value }: { name: string; value: string }) => [name, value]),
      [
        ['checkov', 'CKV_AWS_21'],
        ['prowler', 's3_bucket_object_versioning'],
      ],
    ],
  ])('are named in %s', (_format, read, wanted) => {
    expect(read(report)).toEqual(wanted);
  });
});

describe('JUnit', () => {
  testWithXmllint('is valid by its schema, whatever the report holds', 'junit-10.xsd', (schema) => {
    for (const report of [full, EXAMPLE_REPORT, EMPTY, ...hostile()]) {
      expect(xmllint(renderJunit(report), schema)).toEqual({ status: 0, stderr: '- validates\n' });
    }
    expect(xmllint('<testsuites><testcase/></testsuites>', schema).status).not.toBe(0);
  });

  test('is well-formed, whatever the report holds, and no text of it becomes an element', () => {
    for (const report of [full, ...hostile()]) {
      const xml = renderJunit(report);
      expect(XMLValidator.validate(xml)).toBe(true);
      expect(new Set(xml.match(/<[a-z]+/g))).toEqual(
        new Set(
          ['testsuites', 'testsuite', 'properties', 'property', 'testcase', 'failure', 'error', 'skipped'].map(
            (name) => `<${name}`,
          ),
        ),
      );
    }
  });

  test('counts failures, doubts and what is skipped, in both suites', () => {
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
    const [findings, proof] = parser.parse(renderJunit(full)).testsuites.testsuite;
    expect(findings).toMatchObject({ name: 'aws-kms: findings', tests: '8', failures: '1', errors: '1', skipped: '5' });
    expect(proof).toMatchObject({
      name: 'aws-kms: permission proof',
      tests: String(full.proof?.counts.total),
      failures: String(full.proof?.counts.fail),
    });
    expect(Number(proof.failures)).toBeGreaterThan(0);
    const xml = renderJunit(full);
    expect(xml.match(/<failure/g)).toHaveLength(1 + Number(proof.failures));
    expect(xml.match(/<error/g)).toHaveLength(1);
    expect(xml.match(/<skipped/g)).toHaveLength(5);
    expect(xml).toContain(
      'waived by security@acme.example, until 2027-03-31: Data events of CloudTrail are kept instead',
    );
  });
});

describe('Markdown', () => {
  const html = (report: AuditReport) => new MarkdownIt({ html: true, linkify: true }).render(renderMarkdown(report));

  test('shows what decides openly, with its evidence and remedy, and folds the rest', () => {
    const text = renderMarkdown(full);
    expect(text).toContain(`## Audit of aws-kms: ❌ fail as of 2026-11-25

Account 111122223333, us-east-2. 1 failed, 1 could not be decided, 3 waived, 1 passed, 1 inherited from the account, 1 not applicable.

### ❌ fail: Requests without TLS are denied

\`aws_s3_bucket_policy.backup\`: The denial of plain HTTP covers the objects and not the bucket itself.

- \`aws_s3_bucket_policy.backup: policy.Statement.DenyPlainHttp.Resource\` is \`arn:aws:s3:::acme-vault/*\`

**Remedy:** Name both ARNs in 'DenyPlainHttp': that of the bucket, and that with /\\* at its end. (rule \`tls-only\`, at \`aws_s3_bucket_policy.backup\`)
`);
    expect(text).toContain('<details><summary>1 passed</summary>');
    expect(text).toContain(
      '| Access to the bucket is logged | `aws_s3_bucket.backup` | Data events of CloudTrail are kept instead | security@<!-- -->acme.example | until 2027-03-31 |',
    );
  });

  test('says what has changed since the baseline', () => {
    const baseline = {
      baseline: 'approved.json',
      resources: { added: ['aws_s3_bucket.b'], removed: [], changed: [] },
      findings: { gained: ['tls-only/x'], lost: [] },
    };
    expect(renderMarkdown({ ...full, baseline })).toContain(`### Since approved.json

| change | what |
| --- | --- |
| resource added | \`aws_s3_bucket.b\` |
| finding gained | \`tls-only/x\` |
`);
  });

  test.each(HOSTILE)('shows $what as it stands', ({ text }) => {
    const plain = html(full);
    const page = html(hostileReport(full, text));
    const elements = (of: string) =>
      (of.match(/<[a-z/!][^>]*>/gi) ?? []).filter((tag) => tag !== '<!-- -->').join('\n');
    expect(elements(page)).toBe(elements(plain));
  });
});

describe('HTML', () => {
  const tagsOf = (page: string) => page.match(/<[^>]*>/g) ?? [];
  const namesOf = (page: string) => new Set(tagsOf(page).map((tag) => /^<\/?!?([a-z0-9]+)/i.exec(tag)?.[1]));

  test.each(HOSTILE)('shows $what as it stands', ({ text }) => {
    const page = renderHtml(hostileReport(full, text));
    expect(namesOf(page)).toEqual(namesOf(renderHtml(full)));
    expect(
      tagsOf(page).filter((tag) => /\son[a-z]+=|javascript:|\ssrc=|<script|<link(?! rel="icon")/i.test(tag)),
    ).toEqual([]);
  });

  test('names the verdict, the findings with evidence and remedy, and what was not assessed', () => {
    const page = renderHtml(full);
    const parts = [
      '<title>Audit of aws-kms: fail as of 2026-11-25</title>',
      'The denial of plain HTTP covers the objects and not the bucket itself.',
      '<dd><code>arn:aws:s3:::acme-vault/*</code></dd>',
      '<h5>Remedy</h5><p>Name both ARNs in &#39;DenyPlainHttp&#39;',
      '(security@acme.example, until 2027-03-31)',
      '(environment aws-kms, follows from the environment)',
      '<li>Organization policies (SCP, RCP)</li>',
      '<code>s3:PutBucketVersioning</code>',
    ];
    expect(parts.filter((part) => !page.includes(part))).toEqual([]);
  });

  test('opens what decides, and nothing else', () => {
    const findings = renderHtml(full).match(/<details class="finding [^>]*>/g) ?? [];
    expect(findings.map((tag) => [/finding ([a-z-]+)/.exec(tag)?.[1], tag.includes(' open')])).toEqual([
      ['fail', true],
      ['unknown', true],
      ['waived', false],
      ['waived', false],
      ['waived', false],
      ['pass', false],
      ['inherited', false],
      ['not-applicable', false],
    ]);
  });

  test('draws every resource with its worst finding, even one of an unknown type', () => {
    const resources = [
      ...full.resources,
      { address: 'aws_s3_new_thing.x', type: 'aws_s3_new_thing', sha256: 'd'.repeat(64) },
    ];
    const page = renderHtml({ ...full, resources });
    const drawn = /<svg class="wide".*?<\/svg>/s.exec(page)?.[0] ?? '';
    const rows = [...drawn.matchAll(/<g class="([a-z-]+)"[^>]*><title>([^<]*)</g)].map(([, standing, address]) => [
      address,
      standing,
    ]);
    expect(rows.map(([address]) => address).sort()).toEqual(resources.map(({ address }) => address).sort());
    expect(Object.fromEntries(rows)).toMatchObject({
      'aws_s3_bucket_policy.backup': 'fail',
      'aws_kms_key.backup': 'unknown',
      'aws_s3_bucket.backup': 'waived',
      'aws_s3_bucket_versioning.backup': 'pass',
      'aws_iam_role.vault': 'none',
    });
    expect(drawn).toContain('>s3 new thing</text>');
  });

  test('says only what was proven about access', () => {
    const { proof: _proof, ...unproven } = full;
    const page = renderHtml(unproven);
    expect(page).toContain('Not proven: the policies could not be read in full.');
    expect(page).not.toContain('<table class="matrix">');
    expect(page).toContain('access is not proven');
    expect(renderHtml(full)).toContain(
      full.proof?.items.find(({ result }) => result === 'fail')?.evidence.problem?.replaceAll("'", '&#39;'),
    );
  });

  test('marks in the matrix what is allowed, refused and wrong', () => {
    const matrix = /<table class="matrix">.*?<\/table>/s.exec(renderHtml(full))?.[0] ?? '';
    const heads = [...matrix.matchAll(/<th scope="col" class="cell">([^<]*)</g)].map(([, head]) => head);
    const rows = [...matrix.matchAll(/<tr><th scope="row"><code>([^<]*)<\/code>(.*?)<\/tr>/gs)].map(
      ([, action, rest = '']) => {
        const states = [...rest.matchAll(/<td class="cell ([a-z]+)">/g)].map(([, state]) => state);
        return [action, Object.fromEntries(states.map((state, index) => [heads[index], state]))];
      },
    );
    const nothing = { 'the bucket': 'no', backups: 'no', probes: 'no', 'search results': 'no', 'the key': 'no' };
    expect(Object.fromEntries(rows)).toMatchObject({
      'kms:Decrypt': { ...nothing, 'the key': 'yes' },
      's3:DeleteObjectVersion': { ...nothing, probes: 'yes' },
      's3:GetObject': { ...nothing, backups: 'yes', probes: 'yes', 'search results': 'yes' },
      's3:GetBucketVersioning': { ...nothing, 'the bucket': 'wrong' },
    });
  });

  const ROLE = 'arn:aws:iam::111122223333:role/a';
  const CANONICAL = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
  const where = (key: string, who: string) => ({
    Principal: { AWS: ['*'] },
    Condition: { StringLike: { [key]: [who] } },
  });

  test.each<[what: string, who: string, statement: object]>([
    ['a canonical user', CANONICAL, { Principal: { CanonicalUser: [CANONICAL] } }],
    [
      'a federation',
      'cognito-identity.amazonaws.com',
      { Principal: { Federated: ['cognito-identity.amazonaws.com'] } },
    ],
    ['a service', 'ec2.amazonaws.com.cn', { Principal: { Service: ['ec2.amazonaws.com.cn'] } }],
    ['a bare account', '444455556666', { Principal: { AWS: ['444455556666'] } }],
    ['a session', 'arn:aws:sts::1:assumed-role/a/b', { Principal: { AWS: ['arn:aws:sts::1:assumed-role/a/b'] } }],
    ['an origin access identity', 'Identity E1', { Principal: { AWS: ['arn:aws:iam::cloudfront:user/Identity E1'] } }],
    ['an id', 'AROAJQABLZS4A3QDU576Q', { Principal: { AWS: ['AROAJQABLZS4A3QDU576Q'] } }],
    ['whom NotPrincipal spares', ROLE, { NotPrincipal: { AWS: [ROLE] } }],
    ['a principal by condition', ROLE, where('aws:PrincipalArn', ROLE)],
    ['an organization', 'o-abc1234567', where('aws:PrincipalOrgID', 'o-abc1234567')],
    ['a tag', 'operators', where('aws:PrincipalTag/team', 'operators')],
    ['a user id', 'AIDAEXAMPLE', where('aws:userid', 'AIDAEXAMPLE')],
    [
      'a source',
      'arn:aws:cloudfront::1:distribution/E1',
      where('aws:SourceArn', 'arn:aws:cloudfront::1:distribution/E1'),
    ],
    ['a subject of OIDC', 'repo:a/b', where('token.actions.githubusercontent.com:sub', 'repo:a/b')],
  ])('names %s, whether or not access is proven', (_, who, statement) => {
    const policy = {
      name: 'bucket',
      document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', ...statement }] },
    };
    const access = {
      partition: 'aws',
      role: { arn: ROLE, identity: [] },
      bucket: { name: 'b', arn: 'arn:aws:s3:::b', bucketKey: false, policy },
      declared: { capabilities: [], method: 'AES-256' },
    } as const;
    const { proof: _proof, ...unproven } = { ...full, access } as AuditReport;
    for (const report of [unproven, { ...unproven, ...(full.proof && { proof: full.proof }) }]) {
      const named = /<caption>Whom the policies name.*?<\/table>/s.exec(renderHtml(report))?.[0];
      expect(named).toContain(who);
      expect(named).toContain('of bucket statement 1 (no Sid) (Deny)');
    }
  });

  test('folds the rest of a long list of evidence', () => {
    const [finding] = FINDINGS;
    if (finding === undefined) throw new Error('no finding');
    const evidence = Array.from({ length: 20 }, (_, index) => ({ at: `a${index}`, value: `v${index}` }));
    const page = renderHtml({ ...full, findings: [{ ...finding, evidence }] });
    expect(page).toContain(
      '<code>v5</code></dd></div></dl>\n<details class="more"><summary>14 more</summary><dl class="evidence">',
    );
    expect(page).toContain('<code>v19</code>');
  });

  test('renders an empty report', () => {
    expect(renderHtml(EMPTY)).toContain('Nothing that is known.');
  });
});

describe('the schema of the report', () => {
  const waiver = { reason: 'r', owner: 'o', expires: '2027-01-01', source: 'file' as const };
  const change = {
    id: 'the role/s3:GetObjectAcl',
    caller: 'the role',
    action: 's3:GetObjectAcl',
    resources: ['arn:aws:s3:::b/*'],
    example: '',
    accepted: waiver,
  };
  const baseline = {
    baseline: 'approved.json',
    resources: { added: [], removed: [], changed: ['aws_s3_bucket.backup'] },
    access: { gained: [change], lost: [] },
    findings: { gained: [], lost: [] },
  };

  test('accepts everything that a report can hold', () => {
    const report = again({ ...full, baseline });
    expect(auditReportSchema.parse(report)).toEqual(report);
  });

  test.each([
    { what: 'another version', report: { ...EXAMPLE_REPORT, version: 2 } },
    { what: 'an unknown result', report: { ...EXAMPLE_REPORT, findings: [{ ...FINDINGS[0], result: 'ok' }] } },
    { what: 'an unknown key', report: { ...EXAMPLE_REPORT, note: '' } },
    { what: 'a report without its findings', report: { ...EXAMPLE_REPORT, findings: undefined } },
  ])('refuses $what', ({ report }) => {
    expect(auditReportSchema.safeParse(report).success).toBe(false);
  });
});
