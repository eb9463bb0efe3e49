import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SharedProfile } from '../../aws/shared-profile';
import type { ToldHostOf } from '../../hosts/host-kind';
import type { ProcessEnvironment } from '../../process-environment';

/** How AWS's credential helper is run on this host, as far as its files say. */
export interface HelperCommand {
  /** Program, subcommand and arguments. */
  readonly words: readonly string[];
  readonly env: ProcessEnvironment;
  /** The place that says so, for a person. */
  readonly where: string;
}

/** The files of a host's certificate. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly privateKey: string;
  /** Missing where the helper is told none. */
  readonly intermediates?: string;
}

/** Where the scripts of `emit` put them. */
export const USUAL_FILES: CertificateFiles = {
  certificate: '/etc/vault-backup/certificate.pem',
  privateKey: '/etc/vault-backup/private-key.pem',
};

/** Where the unit belongs that runs `serve`. */
export const SERVE_UNIT_FILE = '/etc/systemd/system/vault-roles-anywhere.service';

interface Places {
  readonly profile: SharedProfile;
  /** Of this process, in which `credential_process` is run. */
  readonly env: ProcessEnvironment;
  readonly serveUnit: string;
}

/** Undefined where the profile has no line `credential_process`, or the unit is not there. */
export function helperCommand(
  { helper }: ToldHostOf<'on-premises'>,
  { profile, env, serveUnit }: Places,
): HelperCommand | undefined {
  if (helper === 'serve') return commandOfUnit(serveUnit);
  const { name, credentialProcess } = profile;
  if (credentialProcess === undefined) return undefined;
  return { words: wordsOf(credentialProcess), env, where: `credential_process of the profile ${name}` };
}

/**
 * A unit of systemd and its drop-ins.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 */
function commandOfUnit(file: string): HelperCommand | undefined {
  const text = unitText(file);
  const values = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}=[ \\t]*(.*)$`, 'gm'))].map(([, value = '']) => value);
  const command = values('ExecStart').findLast((value) => value !== '');
  if (command === undefined) return undefined;
  const variables = values('Environment').flatMap(wordsOf).map(unescaped);
  const env = Object.fromEntries(
    variables.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
  );
  return { words: wordsOf(command).map(unescaped), env, where: file };
}

function unitText(file: string): string {
  const dropIns = `${file}.d`;
  const names = tryRead(() => readdirSync(dropIns).sort()) ?? [];
  const files = [file, ...names.filter((name) => name.endsWith('.conf')).map((name) => join(dropIns, name))];
  return files
    .map((one) => tryRead(() => readFileSync(one, 'utf8')) ?? '')
    .join('\n')
    .replaceAll('\\\n', ' ');
}

function tryRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** In a unit `%` begins a specifier, and `$` a variable. */
function unescaped(word: string): string {
  return word.replaceAll('%%', '%').replaceAll('$$', '$');
}

/** The words of a command line as a shell takes it apart: quoted ones are one word. */
export function wordsOf(line: string): readonly string[] {
  const words = line.matchAll(/(?:[^\s"']+|"(?:[^"\\]|\\.)*"|'[^']*')+/g);
  return [...words].map(([word]) =>
    word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, double, single) => double ?? single),
  );
}

/** The value of an option, as in `--role-arn value` or `--role-arn=value`. */
export function optionOf(words: readonly string[], option: string): string | undefined {
  const joined = words.find((word) => word.startsWith(`${option}=`));
  if (joined !== undefined) return joined.slice(option.length + 1);
  const at = words.indexOf(option);
  return at === -1 ? undefined : words[at + 1];
}

/** Whether an option is given that needs no value. */
export function hasFlag(words: readonly string[], flag: string): boolean {
  return words.includes(flag) || words.includes(`${flag}=true`);
}

/** The files that a command line of AWS's credential helper names. */
export function filesOfCommand(words: readonly string[]): CertificateFiles {
  const intermediates = optionOf(words, '--intermediates');
  return {
    certificate: optionOf(words, '--certificate') ?? USUAL_FILES.certificate,
    privateKey: optionOf(words, '--private-key') ?? USUAL_FILES.privateKey,
    ...(intermediates !== undefined && { intermediates }),
  };
}

const STORES = [
  [/^pkcs11:/, 'a PKCS#11 token'],
  [/^handle:/, 'a TPM'],
] as const;

/**
 * Where certificate or key are, if not in files.
 *
 * @see https://github.com/aws/rolesanywhere-credential-helper#readme
 */
export function storeOfCommand(words: readonly string[], env: ProcessEnvironment): string | undefined {
  const named = [optionOf(words, '--certificate'), optionOf(words, '--private-key')];
  const isWindows = env.OS === 'Windows_NT' && named.every((one) => one === undefined);
  if (isWindows || optionOf(words, '--cert-selector') !== undefined) return 'a store of certificates';
  return STORES.find(([form]) => named.some((one) => form.test(one ?? '')))?.[1];
}
