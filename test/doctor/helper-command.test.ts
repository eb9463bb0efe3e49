import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { examineHelperCommand } from '../../lib/doctor/helper/examine-helper-command';
import { examineHelperWay } from '../../lib/doctor/helper/examine-helper-way';
import {
  filesOfCommand,
  helperCommand,
  SERVE_UNIT_FILE,
  storeOfCommand,
  USUAL_FILES,
  wordsOf,
} from '../../lib/doctor/helper/helper-command';
import { hostFiles } from '../../lib/host-files';
import { PLACES } from '../../lib/host-files/on-premises/places';
import { SERVE_UNIT } from '../../lib/host-files/on-premises/vault-drop-in';
import { PROCESS_HOST, SERVE_HOST } from '../host-files/host';
import { AES_256 } from '../verify/configs';

type OnPremises = Extract<BackupEnvironment['host'], { readonly kind: 'on-premises' }>;

const HOST: OnPremises = {
  kind: 'on-premises',
  trustAnchorArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c',
  profileArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:profile/1a2b',
  certificate: { subject: { CN: ['vault-1.acme.example'] } },
  sessionSeconds: 3600,
  helper: 'process',
  revocation: 'crl',
};
const SERVE: OnPremises = { ...HOST, helper: 'serve' };
const SESSION = `--trust-anchor-arn ${HOST.trustAnchorArn} --profile-arn ${HOST.profileArn} --role-arn ${AES_256.aws.roleArn}`;

const examined = (line: string | undefined, host = HOST) =>
  examineHelperCommand(line === undefined ? undefined : { words: wordsOf(line), env: {}, where: 'It' }, {
    host,
    aws: AES_256.aws,
  });

describe('the command line of the helper', () => {
  test.each([
    { host: HOST, line: `${process.execPath} credential-process ${SESSION}` },
    { host: SERVE, line: `${process.execPath} serve --hop-limit 1 ${SESSION}` },
  ])('of a host by $host.helper that asks for the session of the config is right', ({ host, line }) => {
    expect(examined(line, host)).toMatchObject({ result: 'pass', found: [`It runs ${process.execPath}.`] });
  });

  test.each([
    { is: 'missing', line: undefined, found: /has no line credential_process/, fix: /aws-config of host\// },
    {
      is: 'of a program that is not there',
      line: `/nowhere/aws_signing_helper credential-process ${SESSION}`,
      found: /^Its program \/nowhere\/aws_signing_helper is not there/,
      fix: /^Install AWS's rolesanywhere-credential-helper/,
    },
    {
      is: 'of another role',
      line: `helper credential-process ${SESSION.replace('role/vault/acme-vault', 'role/other')}`,
      found: /^It says --role-arn arn:aws:iam::111122223333:role\/other/,
      fix: /--role-arn arn:aws:iam::111122223333:role\/vault\/acme-vault/,
    },
    {
      is: 'without a profile of Roles Anywhere',
      line: `helper credential-process ${SESSION.replace(/--profile-arn \S+ /, '')}`,
      found: /^It says --profile-arn nowhere/,
      fix: /--profile-arn arn:aws:rolesanywhere:us-east-2:111122223333:profile\/1a2b/,
    },
    {
      is: 'of serve',
      line: `helper serve ${SESSION}`,
      found: /^It does not say credential-process/,
      fix: /^Let it say credential-process/,
    },
    {
      is: 'without the check of TLS',
      line: `helper credential-process --no-verify-ssl ${SESSION}`,
      found: /whoever is on the way can answer/,
      fix: /^Take --no-verify-ssl out/,
    },
    {
      is: 'that tells all',
      line: `helper credential-process --debug=true ${SESSION}`,
      found: /writes what AWS answers into the log/,
      fix: /^Take --debug out/,
    },
  ])('that is $is is told so', ({ line, found, fix }) => {
    expect(examined(line)).toMatchObject({
      result: 'fail',
      found: [expect.stringMatching(found)],
      fix: expect.stringMatching(fix),
    });
  });

  test('of serve with a longer way for its answers is worth a word', () => {
    expect(examined(`helper serve ${SESSION}`, SERVE)).toMatchObject({
      result: 'note',
      found: ['It says --hop-limit nowhere: answers get further than this host.'],
    });
    expect(examined(undefined, SERVE).result).toBe('note');
  });

  test('names files, quoted or joined by an equals sign', () => {
    const line = `helper --certificate "/my files/c.pem" --private-key=/k.pem --intermediates '/i.pem'`;
    expect(filesOfCommand(wordsOf(line))).toEqual({
      certificate: '/my files/c.pem',
      privateKey: '/k.pem',
      intermediates: '/i.pem',
    });
    const { certificate, privateKey } = PLACES;
    expect(filesOfCommand([])).toEqual({ certificate, privateKey });
    expect(USUAL_FILES).toEqual({ certificate, privateKey });
    expect(SERVE_UNIT_FILE).toBe(`${PLACES.units}/${SERVE_UNIT}`);
  });
});

describe('what is emitted', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'helper-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const profile = { name: 'default', withKeys: [], chain: [] };
  const emitted = (name: string, toSetUp: typeof SERVE_HOST) =>
    hostFiles(toSetUp).find((file) => file.name === `host/${name}`)?.text ?? '';

  test('for process asks for the session of its config', () => {
    const [, credentialProcess] = /^credential_process = (.*)$/m.exec(emitted('aws-config', PROCESS_HOST)) ?? [];
    const { host, aws } = PROCESS_HOST;
    const command = helperCommand(host, {
      profile: { ...profile, credentialProcess },
      env: {},
      serveUnit: '/nonexistent',
    });
    expect(examineHelperCommand(command, { host, aws }).found).toEqual([`Its program ${PLACES.helper} is not there.`]);
    const there = { words: ['helper', ...(command?.words.slice(1) ?? [])], env: {}, where: 'It' };
    expect(examineHelperCommand(there, { host, aws }).result).toBe('pass');
  });

  test('for serve is read from its unit and the drop-ins of that', () => {
    const serveUnit = join(folder, SERVE_UNIT);
    writeFileSync(serveUnit, emitted(SERVE_UNIT, SERVE_HOST));
    mkdirSync(`${serveUnit}.d`);
    writeFileSync(
      join(`${serveUnit}.d`, 'proxy.conf'),
      '[Service]\nEnvironment=HTTPS_PROXY=http://proxy.example:3128 "NO_PROXY=a%%b c"\n',
    );
    const { host, aws } = SERVE_HOST;
    const command = helperCommand(host, { profile, env: {}, serveUnit });
    expect(command?.env).toEqual({ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'a%b c' });
    const there = { words: ['helper', ...(command?.words.slice(1) ?? [])], env: {}, where: 'It' };
    expect(examineHelperCommand(there, { host, aws }).result).toBe('pass');
    expect(helperCommand(host, { profile, env: {}, serveUnit: join(folder, 'none') })).toBeUndefined();
  });
});

describe('the way of the helper', () => {
  const url = new URL('https://rolesanywhere.us-east-2.amazonaws.com/');
  const env = { HTTPS_PROXY: 'http://proxy.example:3128' };
  const command = (flags: string) => ({ words: wordsOf(`helper credential-process ${flags}`), env, where: 'It' });

  test.each([
    {
      what: 'without a proxy',
      command: command(''),
      env: {},
      isReached: true,
      result: 'pass',
      found: 'No proxy is in the way.',
    },
    {
      what: 'through the proxy',
      command: command('--with-proxy'),
      env,
      isReached: true,
      result: 'pass',
      found: 'It goes through proxy.example:3128.',
    },
    {
      what: 'past a proxy, and there',
      command: command(''),
      env,
      isReached: true,
      result: 'note',
      found: 'It goes directly, and this process through proxy.example:3128.',
    },
    {
      what: 'past a proxy, and nowhere',
      command: command(''),
      env,
      isReached: false,
      result: 'fail',
      found: 'It goes directly, and this process through proxy.example:3128.',
    },
    {
      what: 'that nobody tells',
      command: undefined,
      env,
      isReached: true,
      result: 'note',
      found:
        'Requests of this process go through proxy.example:3128; whether those of the helper do is not known here.',
    },
    {
      what: 'that nobody tells, without a proxy',
      command: undefined,
      env: {},
      isReached: true,
      result: 'pass',
      found: 'No proxy is in the way.',
    },
    {
      what: 'past a proxy that is not for it',
      command: command(''),
      env: { ...env, NO_PROXY: 'amazonaws.com' },
      isReached: false,
      result: 'pass',
      found: 'No proxy is in the way.',
    },
  ])('$what is a $result, and told', ({ result, found, what: _what, ...way }) => {
    const finding = examineHelperWay({ ...way, url });
    expect({ result: finding.result, found: finding.found[0] }).toEqual({ result, found });
  });
});

test.each<[string, string, NodeJS.ProcessEnv, string | undefined]>([
  ['files', '--certificate /a --private-key /b', {}, undefined],
  ['files on Windows', '--certificate C:\\a --private-key C:\\b', { OS: 'Windows_NT' }, undefined],
  ['a certificate alone on Windows', '--certificate C:\\a', { OS: 'Windows_NT' }, undefined],
  ['a selector', '--cert-selector Key=x509Serial,Value=0a', {}, 'a store of certificates'],
  ['nothing on Windows', '', { OS: 'Windows_NT' }, 'a store of certificates'],
  ['a token', '--certificate pkcs11:object=vault', {}, 'a PKCS#11 token'],
  ['a key in a token', '--certificate /a --private-key pkcs11:object=vault', {}, 'a PKCS#11 token'],
  ['a key in a TPM', '--certificate /a --private-key handle:0x81000001', {}, 'a TPM'],
])(
  'a helper with %s is known by its options to keep certificate and key in files or elsewhere',
  (_what, flags, env, store) => {
    expect(storeOfCommand(wordsOf(`helper credential-process ${flags}`), env)).toBe(store);
  },
);
