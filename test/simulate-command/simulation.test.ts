import type { Environment } from '../../lib/config/environment';
import { describeDenial } from '../../lib/rehearsal/denial-text';
import { parseFaultFile } from '../../lib/simulate-command/fault-source';
import { findIdentity } from '../../lib/simulate-command/identities';
import { choosePlaces } from '../../lib/simulate-command/places';
import { likelyShell, shellLines } from '../../lib/simulate-command/shell';
import { parseSigningKeysFile } from '../../lib/simulate-command/signing-keys-file';
import type { Simulation } from '../../lib/simulate-command/simulation';
import { renderSimulationText } from '../../lib/simulate-command/text';
import type { RequestLogEntry } from '../../lib/simulated-aws';

describe('the places of a simulation', () => {
  const acme = { account: '444455556666', region: 'eu-west-1' } as Environment;

  test.each([
    {
      name: 'the default ones when none are named',
      named: { account: [], region: [] },
      environments: [],
      expected: { accountIds: ['111122223333'], regions: ['us-east-1'], partition: 'aws' },
    },
    {
      name: 'the ones of an environment',
      named: { account: [], region: [] },
      environments: [acme, acme],
      expected: { accountIds: ['444455556666'], regions: ['eu-west-1'], partition: 'aws' },
    },
    {
      name: 'the named ones, then the environment’s',
      named: { account: ['777788889999'], region: ['us-east-2', 'eu-west-1'] },
      environments: [acme],
      expected: { accountIds: ['777788889999', '444455556666'], regions: ['us-east-2', 'eu-west-1'], partition: 'aws' },
    },
    {
      name: 'the ones in China',
      named: { account: [], region: ['cn-north-1'] },
      environments: [],
      expected: { accountIds: ['111122223333'], regions: ['cn-north-1'], partition: 'aws-cn' },
    },
  ])('are $name', ({ named, environments, expected }) => {
    expect(choosePlaces(named, environments)).toEqual(expected);
  });

  test.each([
    { account: ['12'], region: [], message: "'--account' must be an account of 12 digits, got: 12" },
    {
      account: [],
      region: ['nowhere'],
      message: "'--region' must be a region of AWS, AWS GovCloud (US) or AWS China, such as us-east-1, got: nowhere",
    },
    {
      account: [],
      region: ['us-east-1', 'cn-north-1'],
      message: "'--region' must name regions of one partition, got: aws, aws-cn",
    },
  ])('are refused: $message', ({ account, region, message }) => {
    expect(() => choosePlaces({ account, region }, [])).toThrow(
      expect.objectContaining({ code: 'BadArguments', message }),
    );
  });
});

describe('lines to paste', () => {
  const variables = { KEY: "it's", GONE: undefined };

  test.each([
    { shell: 'sh', expected: ["export KEY='it'\\''s'", 'unset GONE'] },
    { shell: 'fish', expected: ["set -gx KEY 'it\\'s'", 'set -e GONE'] },
    { shell: 'powershell', expected: ["$env:KEY = 'it''s'", 'Remove-Item Env:GONE -ErrorAction SilentlyContinue'] },
    { shell: 'cmd', expected: ['set "KEY=it\'s"', 'set "GONE="'] },
  ] as const)('are those of $shell', ({ shell, expected }) => {
    expect(shellLines(variables, shell)).toEqual(expected);
  });

  test.each([
    { path: '/usr/bin/fish', platform: 'linux', expected: 'fish' },
    { path: '/bin/zsh', platform: 'darwin', expected: 'sh' },
    { path: undefined, platform: 'linux', expected: 'sh' },
    { path: undefined, platform: 'win32', expected: 'powershell' },
  ] as const)('are for $expected where SHELL is $path on $platform', ({ path, platform, expected }) => {
    expect(likelyShell(path, platform)).toBe(expected);
  });
});

describe('a fault file', () => {
  test('holds rules in YAML', () => {
    const text = `
- name: slow reads
  match: { service: s3, operation: Get* }
  probability: 0.5
  fault: { kind: latency, latencyMs: 50 }
- from: 3
  times: 1
  fault: { kind: connection-reset, when: after-operation }
`;
    expect(parseFaultFile(text, 'faults.yaml')).toEqual([
      {
        name: 'slow reads',
        match: { service: 's3', operation: 'Get*' },
        probability: 0.5,
        fault: { kind: 'latency', latencyMs: 50 },
      },
      { from: 3, times: 1, fault: { kind: 'connection-reset', when: 'after-operation' } },
    ]);
  });

  test('may be empty', () => {
    expect(parseFaultFile('', 'faults.yaml')).toEqual([]);
  });

  test.each([
    { text: 'a: [', expected: 'faults.yaml: must be valid YAML, got: ' },
    { text: '- fault: { kind: flood }', expected: "faults.yaml: '0.fault.kind'" },
    {
      text: '- fault: { kind: latency, latencyMs: 2147483648 }',
      expected: "faults.yaml: '0.fault.latencyMs' must be at most 2147483647, got: 2147483648",
    },
    { text: '- fault: { kind: latency }', expected: "faults.yaml: '0.fault.latencyMs' is required" },
    { text: '- { form: 1, fault: { kind: throttling } }', expected: "faults.yaml: '0.form' is not a known key" },
    {
      text: '- { from: 0, fault: { kind: throttling } }',
      expected: "faults.yaml: '0.from' must be at least 1, got: 0",
    },
    {
      text: '- { match: { service: ec2 }, fault: { kind: throttling } }',
      expected: "'0.match.service' must be one of",
    },
  ])('is refused with what is wrong: $text', ({ text, expected }) => {
    const parse = () => parseFaultFile(text, 'faults.yaml');
    expect(parse).toThrow(expect.objectContaining({ code: 'BadFaults', message: expect.stringContaining(expected) }));
  });
});

describe('a file of signing keys', () => {
  const url = 'https://oidc.example.com/tenant';

  test('holds the key set of each provider by its URL', () => {
    const keys = [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: '1' }];
    expect(parseSigningKeysFile(JSON.stringify({ [url]: { keys, more: 1 } }), 'keys.json')).toEqual({ [url]: keys });
  });

  test.each([
    { text: '{', expected: 'keys.json: is not valid JSON' },
    { text: '{"oidc.example.com": {"keys": [{"kty": "RSA"}]}}', expected: 'https://oidc.example.com' },
    { text: `{"${url}": {"keys": []}}`, expected: "keys'" },
    { text: `{"${url}": {"keys": [{"kty": "oct"}]}}`, expected: "kty' must be one of" },
  ])('is refused with what is wrong: $text', ({ text, expected }) => {
    const parse = () => parseSigningKeysFile(text, 'keys.json');
    expect(parse).toThrow(
      expect.objectContaining({ code: 'BadSigningKeys', message: expect.stringContaining(expected) }),
    );
  });
});

describe('a denial', () => {
  const entry = (change: Partial<RequestLogEntry>) =>
    ({
      eventTime: '2026-05-04T03:02:01.000Z',
      eventName: 'GetObject',
      errorCode: 'AccessDenied',
      errorMessage: 'Access Denied',
      userIdentity: { arn: 'arn:aws:sts::111122223333:assumed-role/vault/i-0' },
      decisions: [],
      ...change,
    }) as RequestLogEntry;
  const asked = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };
  const head = '2026-05-04T03:02:01.000Z GetObject denied to arn:aws:sts::111122223333:assumed-role/vault/i-0';

  test.each([
    {
      name: 'names the statement that denied',
      change: {
        decisions: [
          { ...asked, result: 'allowed', by: [] },
          {
            ...asked,
            result: 'explicitly-denied',
            by: [{ layer: 'resource', policy: 'bucket policy', statement: 'DenyHttp' }],
          },
        ],
      },
      expected: [
        head,
        '  s3:GetObject on arn:aws:s3:::b/k',
        "    denied by the statement 'DenyHttp' of resource-based policy 'bucket policy'",
      ],
    },
    {
      name: 'names the kind of policy that did not allow',
      change: { decisions: [{ ...asked, result: 'implicitly-denied', missing: 'identity' }] },
      expected: [head, '  s3:GetObject on arn:aws:s3:::b/k', '    no identity-based policy allows it'],
    },
    {
      name: 'without a decision gives its message',
      change: {},
      expected: [head, '  no policy decided: Access Denied'],
    },
    {
      name: 'without a decision gives its reason where there is one that AWS does not tell',
      change: { errorReason: 'the trust anchor is disabled' },
      expected: [head, '  no policy decided: the trust anchor is disabled'],
    },
    { name: 'gives no lines for another error', change: { errorCode: 'NoSuchKey' }, expected: [] },
  ])('$name', ({ change, expected }) => {
    expect(describeDenial(entry(change as Partial<RequestLogEntry>))).toEqual(expected);
  });
});

describe('an identity of a simulation', () => {
  const identity = (name: string) => ({ name, variables: {} });
  const simulation = {
    accounts: [
      { accountId: '1', administrator: identity('administrator of 1') },
      { accountId: '2', administrator: identity('administrator of 2') },
    ],
    hosts: [
      { environment: 'acme', accountId: '1', onHost: identity('host of acme') },
      { environment: 'zenith', accountId: '2', role: identity('role of zenith'), onHost: identity('host of zenith') },
    ],
  } as unknown as Simulation;

  test.each([
    { name: 'administrator', expected: 'administrator of 1' },
    { name: 'administrator:2', expected: 'administrator of 2' },
    { name: 'role', expected: 'role of zenith' },
    { name: 'host:zenith', expected: 'host of zenith' },
  ])('is found by the name $name', ({ name, expected }) => {
    expect(findIdentity(simulation, name).name).toBe(expected);
  });

  test('is refused with the names that exist', () => {
    expect(() => findIdentity(simulation, 'role:acme')).toThrow(
      "'--as' must be one of administrator, administrator:1, administrator:2, role, role:zenith, host, host:acme, host:zenith, got: role:acme",
    );
  });
});

describe('the text of a simulation', () => {
  const simulation: Simulation = {
    version: 1,
    simulated: true,
    endpoint: 'https://127.0.0.1:1',
    plainEndpoint: 'http://127.0.0.1:1',
    caFile: '/tmp/ca.pem',
    regions: ['us-east-1', 'us-east-2'],
    accounts: [
      { accountId: '111122223333', administrator: { name: 'the administrator', variables: { KEY: 'value' } } },
    ],
    hosts: [
      {
        environment: 'acme',
        accountId: '111122223333',
        instanceId: 'i-0',
        metadataEndpoint: 'http://127.0.0.1:2',
        containerMetadataEndpoint: 'http://127.0.0.1:3',
        role: { name: 'the role', variables: { TOKEN: 't' } },
        onHost: { name: 'on the host', variables: { TOKEN: undefined } },
      },
    ],
    faultSeed: 'seed',
    assumed: ['a bucket was made'],
  };

  test('says where everything is, what was made up, and how to be each of them', () => {
    expect(renderSimulationText(simulation, { shell: 'fish', paint: (text) => text })).toBe(`\
Simulated AWS: nothing here is real
  HTTPS       https://127.0.0.1:1
  HTTP        http://127.0.0.1:1
  Metadata    http://127.0.0.1:2  (i-0, the Vault host of acme in account 111122223333)
  CA file     /tmp/ca.pem
  Accounts    111122223333 in us-east-1, us-east-2
  Fault seed  seed
  Assumed: a bucket was made

To be the administrator
  set -gx KEY 'value'

To be the role
  set -gx TOKEN 't'

To be on the host
  set -e TOKEN
`);
  });
});
