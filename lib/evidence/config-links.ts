import { differenceFromStack } from '../backup-environment/same-synthesis';
import { sumOfConfig } from '../backup-environment/sum';
import type { Link } from './evidence-verification';
import {
  CONFIG_JSON,
  type KnownDocument,
  OPERATOR_VERIFICATION_JSON,
  readDocument,
  STACK_JSON,
  VERIFICATION_JSON,
} from './known-documents';

/** The verifications of a folder, each held to the config beside it. */
const VERIFICATIONS = [
  { id: 'verified-config', name: VERIFICATION_JSON },
  { id: 'operator-verified-config', name: OPERATOR_VERIFICATION_JSON },
] as const;

/**
 * Whether the config still says what the stack puts out, has the sum that it carries, and is the one that was verified.
 *
 * A config of an earlier release carries no sum, and a verification of one none either.
 */
export async function readConfigLinks(folder: string): Promise<readonly Link[]> {
  const read = (name: string) => readDocument(folder, name);
  const [config, stack] = await Promise.all([read(CONFIG_JSON), read(STACK_JSON)]);
  if (config === undefined) return [];
  const verified = await Promise.all(VERIFICATIONS.map(async (one) => ({ ...one, document: await read(one.name) })));
  return [
    ...(stack === undefined ? [] : [contentLink(config, stack)]),
    ...sumLinks(config),
    ...verified.flatMap(({ document, ...one }) => (document ? verifiedLinks(config, { ...one, document }) : [])),
  ];
}

function contentLink({ evidence: _, ...output }: KnownDocument, stack: object): Link {
  const link = { id: 'config-content' as const, title: `${CONFIG_JSON} says all that the audited stack puts out` };
  const difference = differenceFromStack(output, stack);
  if (difference === undefined) return { ...link, result: 'same' };
  const { path, expected, found } = difference;
  return { ...link, result: 'different', at: path.join('.'), expected: textOf(expected), found: textOf(found) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

function sumLinks(config: KnownDocument): readonly Link[] {
  const expected = config.evidence?.configSha256;
  if (typeof expected !== 'string') return [];
  const title = `${CONFIG_JSON} has the sum that it carries`;
  const found = sumOfConfig(config);
  return [{ id: 'config-sum', title, result: expected === found ? 'same' : 'different', expected, found }];
}

type Verified = (typeof VERIFICATIONS)[number] & { readonly document: KnownDocument };

function verifiedLinks(config: KnownDocument, { id, name, document }: Verified): readonly Link[] {
  const [expected, found] = [config, document].map(({ evidence }) => evidence?.configSha256);
  if (expected === undefined && found === undefined) return [];
  const result = expected === found ? 'same' : 'different';
  return [{ id, title: `${name} is about this config`, result, expected: textOf(expected), found: textOf(found) }];
}
