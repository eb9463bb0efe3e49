import type { NewEnvironment } from '../lib/config/new-file';
import type { HostKindName } from '../lib/hosts';
import { NEW_HOSTS } from '../lib/hosts/new-hosts';
import { ENVIRONMENTS } from './verb';

/** Arguments of `vault-env init`, as typed. */
export interface InitOptions {
  readonly name: string;
  readonly environments: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly bucket: string | undefined;
  readonly label: string | undefined;
  readonly encryption: NewEnvironment['method'];
  readonly host: HostKindName;
  readonly hostAnswers: HostAnswers;
  readonly otherBucket: string | undefined;
  readonly accessLog: string | undefined;
}

/** What was typed for the flags of the kind of host; empty where one is missing. */
type HostAnswers = Readonly<Record<string, string>>;

const HOST_KINDS = Object.keys(NEW_HOSTS) as readonly HostKindName[];

const text = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const;

const HOST_FLAGS: object = Object.fromEntries(
  HOST_KINDS.flatMap((kind) =>
    Object.entries(NEW_HOSTS[kind].flags).map(([flag, is]) => [flag, text(`${is}, with --host ${kind}`)]),
  ),
);

/** The options of `vault-env init`. */
export const INIT_OPTIONS = {
  environments: ENVIRONMENTS,
  account: text("The AWS account's 12 digits"),
  region: text('Region of the bucket'),
  bucket: text('Bucket to create'),
  label: text("What Vault's administrator types as the label [default: the name]"),
  encryption: {
    choices: ['AES-256', 'AWS-KMS'] as const,
    default: 'AWS-KMS' as const,
    describe: 'Default encryption, in the words of Vault',
  },
  host: { choices: HOST_KINDS, default: 'ec2' as HostKindName, describe: 'The machine that Vault runs on' },
  ...HOST_FLAGS,
  'other-bucket': text('An existing bucket that the role must not reach'),
  'access-log': text('An existing bucket that takes the access logs [default: that of the account base]'),
};

export function hostAnswers(typed: { readonly host: HostKindName; readonly [flag: string]: unknown }): HostAnswers {
  const flags = Object.keys(NEW_HOSTS[typed.host].flags);
  return Object.fromEntries(flags.map((flag) => [flag, String(typed[flag] ?? '')]));
}
