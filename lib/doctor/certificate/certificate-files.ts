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

/** The files that a command line of AWS's credential helper names. */
export function filesOfCommand(words: readonly string[]): CertificateFiles {
  const intermediates = optionOf(words, '--intermediates');
  return {
    certificate: optionOf(words, '--certificate') ?? USUAL_FILES.certificate,
    privateKey: optionOf(words, '--private-key') ?? USUAL_FILES.privateKey,
    ...(intermediates !== undefined && { intermediates }),
  };
}
