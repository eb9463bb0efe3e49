import { parse } from 'yaml';
import { hostFiles } from '../../lib/host-files';
import type { HostToSetUp } from '../../lib/host-files/host-file';
import { PROCESS_HOST, SERVE_HOST } from './host';

const namesOf = (toSetUp: Parameters<typeof hostFiles>[0]) => hostFiles(toSetUp).map(({ name }) => name);

function textOf(toSetUp: HostToSetUp<'on-premises'>, name: string): string {
  return hostFiles(toSetUp).find((file) => file.name === `host/${name}`)?.text ?? '';
}

const SESSION =
  '--trust-anchor-arn arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c ' +
  '--profile-arn arn:aws:rolesanywhere:us-east-2:111122223333:profile/1a2b ' +
  '--role-arn arn:aws:iam::111122223333:role/vault-backup-acme --session-duration 3600';
const FILES = '--certificate /etc/vault-backup/certificate.pem --private-key /etc/vault-backup/private-key.pem';

const OF_BOTH = [
  'host/request.cnf',
  'host/request.sh',
  'host/aws-config',
  'host/vault-certificate-expiry.service',
  'host/vault-certificate-expiry.timer',
  'host/tomcat-vault.conf',
  'host/renew.sh',
  'host/windows.ps1',
  'host/playbook.yml',
  'host/host-setup.md',
];

test('a host on premises gets what its kind of credentials and of revocation needs', () => {
  expect(namesOf(PROCESS_HOST).sort()).toEqual([...OF_BOTH, 'host/crl.sh'].sort());
  expect(namesOf(SERVE_HOST).sort()).toEqual([...OF_BOTH, 'host/vault-roles-anywhere.service'].sort());
});

test('an EC2 instance gets no folder', () => {
  const host = { kind: 'ec2', instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/acme' } as const;
  expect(namesOf({ ...PROCESS_HOST, host })).toEqual([]);
});

test('the AWS configuration runs the helper', () => {
  expect(
    textOf(PROCESS_HOST, 'aws-config'),
  ).toBe(`# AWS configuration of the user that runs Vault; nothing in it is secret.
[default]
region = us-east-2
credential_process = /usr/local/bin/aws_signing_helper credential-process ${FILES} ${SESSION}
`);
});

test('the AWS configuration of a host that is served credentials names the region alone', () => {
  expect(textOf(SERVE_HOST, 'aws-config').split('\n').slice(1)).toEqual(['[default]', 'region = us-east-2', '']);
});

test('the unit that serves credentials reaches no other host, and has no rights', () => {
  const lines = textOf(SERVE_HOST, 'vault-roles-anywhere.service').split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'User=vault-roles-anywhere',
      `ExecStart=/usr/local/bin/aws_signing_helper serve --port 9911 --hop-limit 1 ${FILES} ${SESSION}`,
      'Restart=always',
      'RestartSec=30',
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'PrivateTmp=yes',
      'CapabilityBoundingSet=',
    ]),
  );
  expect(lines.join('\n')).not.toMatch(/--debug|--no-verify-ssl/);
});

test.each([
  { name: 'runs the helper', toSetUp: PROCESS_HOST, source: 'AWS_EC2_METADATA_DISABLED=true', unit: [] },
  {
    name: 'is served credentials',
    toSetUp: SERVE_HOST,
    source: 'AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127.0.0.1:9911',
    unit: ['[Unit]', 'Wants=vault-roles-anywhere.service', 'After=vault-roles-anywhere.service', ''],
  },
])('the service that $name finds region and credentials, and no key of its own', ({ toSetUp, source, unit }) => {
  expect(textOf(toSetUp, 'tomcat-vault.conf').split('\n').slice(2)).toEqual([
    ...unit,
    '[Service]',
    'Environment="AWS_REGION=us-east-2"',
    'Environment="AWS_CONFIG_FILE=/etc/vault-backup/aws-config"',
    `Environment="${source}"`,
    'UnsetEnvironment=AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE',
    '',
  ]);
});

test.each([
  { days: 7, seconds: 181_440 },
  { days: 90, seconds: 2_332_800 },
  { days: undefined, seconds: 2_592_000 },
])('a certificate of $days days is missed $seconds seconds before it expires', ({ days, seconds }) => {
  const { host } = PROCESS_HOST;
  const certificate = { ...host.certificate, maximumDays: days };
  const unit = textOf({ ...PROCESS_HOST, host: { ...host, certificate } }, 'vault-certificate-expiry.service');
  expect(unit).toContain(`-noout -checkend ${seconds}\n`);
});

test('values of the environment are quoted in each format', () => {
  const hostile = "arn:x';$(id)%n{{ 7 * 7 }}";
  const toSetUp = { ...SERVE_HOST, aws: { ...SERVE_HOST.aws, region: 'us-east-2', roleArn: hostile } };
  expect(textOf(toSetUp, 'vault-roles-anywhere.service')).toContain(`"arn:x';$$(id)%%n{{ 7 * 7 }}"`);
  expect(textOf(toSetUp, 'windows.ps1')).toContain(`--role-arn "arn:x'';$(id)%n{{ 7 * 7 }}"`);
  expect(textOf({ ...toSetUp, host: PROCESS_HOST.host }, 'aws-config')).toContain(
    `--role-arn 'arn:x'\\'';$(id)%n{{ 7 * 7 }}'`,
  );
  const named = { ...PROCESS_HOST.host, certificate: { subject: { CN: ['{{ x }}'] } } };
  const playbook = textOf({ ...PROCESS_HOST, host: named }, 'playbook.yml');
  expect(playbook).toContain('- !unsafe "{{ x }}"');
  expect(textOf({ ...PROCESS_HOST, host: named }, 'request.sh')).toContain(`case $1 in '{{ x }}')`);
});

test('the playbook is YAML, and each of its tasks says what it is about', () => {
  const [play] = parse(textOf(SERVE_HOST, 'playbook.yml'), {
    customTags: [{ tag: '!unsafe', resolve: (value: string) => value }],
  });
  expect(play.tasks.every(({ name }: { name?: string }) => name !== undefined)).toBe(true);
  expect(play.vars.common_names).toEqual(SERVE_HOST.host.certificate.subject.CN);
});

test.each([
  { name: 'runs Vault, which runs the helper', toSetUp: PROCESS_HOST, reader: '"$($User):R"' },
  { name: 'serves credentials', toSetUp: SERVE_HOST, reader: "'NT AUTHORITY\\LOCAL SERVICE:R'" },
])('on Windows the private key is readable by the user that $name, and by no other', ({ toSetUp, reader }) => {
  const granted = textOf(toSetUp, 'windows.ps1')
    .split('\n')
    .filter((line) => line.startsWith('icacls'));
  expect(granted).toEqual([`icacls $keyFile /grant ${reader} | Out-Null`]);
});

test('on Windows the certificate is found by its serial number, because a subject would have to be the whole one', () => {
  const script = textOf(PROCESS_HOST, 'windows.ps1');
  expect(script).toContain("--cert-selector Key=x509Serial,Value=' + $accepted.SerialNumber + ' '");
  expect(script.indexOf('$session =')).toBeGreaterThan(script.indexOf('$accepted ='));
  expect(script).not.toContain('x509Subject');
});

describe('a host whose authority stands below that of the trust anchor', () => {
  const below = (toSetUp: HostToSetUp<'on-premises'>, authorities: string[] | undefined) => ({
    ...toSetUp,
    host: { ...toSetUp.host, ...(authorities && { authorities }) },
  });
  const ROOT = ['O=Acme, CN=Acme Root CA'];
  const OWN = ["O=Acme, CN=Acme's Issuing CA (2)"];
  const SENT = '--intermediates /etc/vault-backup/intermediates.pem --certificate ';

  test.each([
    ['knows the root alone', ROOT, true],
    ['knows both', [...ROOT, ...OWN], false],
    ['knows the authority itself', OWN, false],
    ['knows none', undefined, false],
  ])('sends intermediates where the config %s', (_what, authorities, isSent) => {
    for (const [toSetUp, name] of [
      [PROCESS_HOST, 'aws-config'],
      [SERVE_HOST, 'vault-roles-anywhere.service'],
    ] as const) {
      const text = textOf(below(toSetUp, authorities), name);
      expect(text.includes(SENT)).toBe(isSent);
    }
  });

  test('finds an authority with a comma in its name', () => {
    const { host } = PROCESS_HOST;
    const certificate = { ...host.certificate, issuer: { CN: 'Acme, Inc' } };
    const authorities = ['CN=Acme\\, Inc, O=Acme'];
    expect(textOf({ ...PROCESS_HOST, host: { ...host, certificate, authorities } }, 'aws-config')).not.toContain(SENT);
  });

  test('is set up with the file of them, by page and by playbook', () => {
    const page = textOf(below(PROCESS_HOST, ROOT), 'host-setup.md');
    expect(page).toContain('install -m 644 intermediates.pem /etc/vault-backup/intermediates.pem\n');
    expect(page).toContain('The trust anchor holds `O=Acme, CN=Acme Root CA`');
    const playbook = textOf(below(PROCESS_HOST, ROOT), 'playbook.yml');
    expect(playbook).toContain('    intermediates: "intermediates.pem"\n');
    expect(playbook).toContain('    intermediates_named: !unsafe "in the files"\n');
    expect(textOf(PROCESS_HOST, 'playbook.yml')).toContain('    intermediates: ""\n');
  });
});
