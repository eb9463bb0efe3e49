import type { BackupEnvironment } from '../../backup-environment/schema';
import type { KeyedBackup } from './read-under-keys';

type Keys = Pick<BackupEnvironment['aws'], 'keyArn' | 'formerKeyArns'>;

/** Keys of KMS that backups are under and that the config does not name. */
export function unknownKeysOf(asked: readonly KeyedBackup[], { keyArn, formerKeyArns = [] }: Keys): readonly string[] {
  const known = new Set([keyArn, ...formerKeyArns]);
  const used = asked.flatMap((backup) => backup.keyArn ?? []);
  return [...new Set(used)].filter((arn) => !known.has(arn));
}

/** How many backups are under which key, former keys without any included. */
export function describeUse(asked: readonly KeyedBackup[], { keyArn, formerKeyArns = [] }: Keys): string {
  const under = (arn: string | undefined) => asked.filter((backup) => backup.keyArn === arn).length;
  const managed = under(undefined);
  const parts = [
    ...(keyArn === undefined ? [] : [`under the current key: ${seen(under(keyArn))}`]),
    ...formerKeyArns.map((arn) => `under the former key ${arn}: ${seen(under(arn))}`),
    ...(managed === 0 ? [] : [`with AES-256${keyArn === undefined ? '' : ', an earlier method'}: ${managed}`]),
  ];
  return `${capitalized(parts.join('; '))}.`;
}

function seen(count: number): string {
  return count === 0 ? 'none seen' : `${count}`;
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
