import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { BackupEnvironment } from '../../backup-environment/schema';
import type { ToldHostOf } from '../../hosts/host-kind';
import type { Finding } from '../examination';
import { type HelperCommand, hasFlag, optionOf } from './helper-command';

interface Trouble {
  readonly found: string;
  readonly fix: string;
  readonly isNote?: true;
}

interface Expected {
  readonly host: ToldHostOf<'on-premises'>;
  readonly aws: Pick<BackupEnvironment['aws'], 'roleArn'>;
}

const PROCESS = { id: 'credential-process', title: 'The AWS configuration runs the credential helper' };
const SERVE = { id: 'helper-service', title: 'The unit of the credential helper is as it was emitted' };

/**
 * The command line of the helper: whether it is there, its program is, it asks for the session of the config, and gives
 * nothing away.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/credential-helper.html
 */
export function examineHelperCommand(command: HelperCommand | undefined, { host, aws }: Expected): Finding {
  const isProcess = host.helper === 'process';
  const about = isProcess ? PROCESS : SERVE;
  if (command === undefined) return isProcess ? NO_LINE : NO_UNIT;
  const { words, where } = command;
  const [program = ''] = words;
  const isMissing = isAbsolute(program) && !existsSync(program);
  const troubles = isMissing
    ? [{ found: `Its program ${program} is not there.`, fix: INSTALL }]
    : [...aboutSession(words, { host, aws }), ...aboutFlags(words, host)];
  if (troubles.length === 0) return { ...about, result: 'pass', found: [`${where} runs ${program}.`] };
  return {
    ...about,
    result: troubles.every(({ isNote }) => isNote) ? 'note' : 'fail',
    found: troubles.map(({ found }) => found),
    fix: troubles.map(({ fix }) => fix).join(' '),
  };
}

const INSTALL = "Install AWS's rolesanywhere-credential-helper there, or correct the line.";

const NO_LINE: Finding = {
  ...PROCESS,
  result: 'fail',
  found: ['The profile in use has no line credential_process in ~/.aws/config (AWS_CONFIG_FILE).'],
  fix: 'Take the file aws-config of host/, which emit wrote, or name it with AWS_CONFIG_FILE for the service that runs Vault.',
};

const NO_UNIT: Finding = {
  ...SERVE,
  result: 'note',
  found: ['vault-roles-anywhere.service is not there, so its arguments cannot be looked at.'],
};

/** What it asks for. */
function aboutSession(words: readonly string[], { host, aws }: Expected): readonly Trouble[] {
  const expected = [
    ['--trust-anchor-arn', host.trustAnchorArn],
    ['--profile-arn', host.profileArn],
    ['--role-arn', aws.roleArn],
  ] as const;
  const wrong = expected.filter(([option, value]) => optionOf(words, option) !== value);
  const fix = `Let it say ${wrong.map((pair) => pair.join(' ')).join(' ')}, as the files of host/ do.`;
  return wrong.map(([option], index) => ({
    found: `It says ${option} ${optionOf(words, option) ?? 'nowhere'}.`,
    fix: index === 0 ? fix : '',
  }));
}

/**
 * Whom it trusts, and what it tells.
 *
 * @see https://github.com/aws/rolesanywhere-credential-helper#readme
 */
function aboutFlags(words: readonly string[], { helper }: Expected['host']): readonly Trouble[] {
  const subcommand = helper === 'process' ? 'credential-process' : 'serve';
  const rows: readonly (Trouble & { readonly isSo: boolean })[] = [
    {
      isSo: !words.includes(subcommand),
      found: `It does not say ${subcommand}.`,
      fix: `Let it say ${subcommand}, as the files of host/ do.`,
    },
    {
      isSo: hasFlag(words, '--no-verify-ssl'),
      found: 'It says --no-verify-ssl: whoever is on the way can answer in the place of AWS.',
      fix: 'Take --no-verify-ssl out; where a proxy opens TLS, let the system trust its authority.',
    },
    {
      isSo: hasFlag(words, '--debug'),
      found: 'It says --debug, which writes what AWS answers into the log, keys included.',
      fix: 'Take --debug out.',
    },
    {
      isSo: helper === 'serve' && optionOf(words, '--hop-limit') !== '1',
      found: `It says --hop-limit ${optionOf(words, '--hop-limit') ?? 'nowhere'}: answers get further than this host.`,
      fix: 'Let it say --hop-limit 1.',
      isNote: true,
    },
  ];
  return rows.filter(({ isSo }) => isSo);
}
