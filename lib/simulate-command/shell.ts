import type { ClientVariables } from './simulation';

/** How a shell sets a variable, and takes one away. */
interface Shell {
  readonly set: (name: string, value: string) => string;
  readonly unset: (name: string) => string;
}

const SHELLS = {
  sh: {
    set: (name, value) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
    unset: (name) => `unset ${name}`,
  },
  fish: {
    set: (name, value) => `set -gx ${name} '${value.replace(/['\\]/g, '\\$&')}'`,
    unset: (name) => `set -e ${name}`,
  },
  powershell: {
    set: (name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`,
    unset: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`,
  },
  cmd: {
    set: (name, value) => `set "${name}=${value}"`,
    unset: (name) => `set "${name}="`,
  },
} as const satisfies Readonly<Record<string, Shell>>;

export type ShellName = keyof typeof SHELLS;

export const SHELL_NAMES = Object.keys(SHELLS) as readonly ShellName[];

/** The shell that a person most likely has. */
export function likelyShell(shellPath: string | undefined, platform: NodeJS.Platform): ShellName {
  if (platform === 'win32' && shellPath === undefined) return 'powershell';
  return /(^|\/)fish$/.test(shellPath ?? '') ? 'fish' : 'sh';
}

/** Lines to paste into the shell. */
export function shellLines(variables: ClientVariables, shell: ShellName): readonly string[] {
  const { set, unset }: Shell = SHELLS[shell];
  return Object.entries(variables).map(([name, value]) => (value === undefined ? unset(name) : set(name, value)));
}
