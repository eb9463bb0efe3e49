import { accountOf } from '../../arn';
import { ToolkitError } from '../../errors';
import { type Policy, parsePolicy } from '../../iam';
import { MADE_UP_ID } from '../stack/computed-attributes';
import type { Place } from '../stack/place';

/** A policy document that the owner of a role of another account attaches to it, and the file that holds it. */
export interface RolePolicyText {
  readonly name: string;
  readonly text: string;
}

/** Facts about a role of another account that its owner decides. */
export interface OwnSide {
  readonly identity: readonly Policy[];
  /** Assumptions, a sentence each. */
  readonly assumed: readonly string[];
}

/**
 * Reads the policies of a role of another account.
 *
 * A key that is yet to be made has a made-up ARN in the stack, and the one key of the account that the documents name and
 * the stack does not is taken for it.
 *
 * @param keyArns - the environment's keys, in use and former
 * @throws {ToolkitError} `BadPolicy`, by the name of the file
 */
export function readOwnSide(
  texts: readonly RolePolicyText[],
  keyArns: readonly string[],
  { partition, region, account }: Place,
): OwnSide {
  const madeUp = keyArns.find((arn) => arn.endsWith(`/${MADE_UP_ID}`));
  const prefix = `arn:${partition}:kms:${region}:${account}:key/`;
  const named = texts.flatMap(({ text }) => text.match(new RegExp(`${prefix}[\\w-]+`, 'g')) ?? []);
  const [made, ...others] = [...new Set(named)].filter((arn) => !keyArns.includes(arn));
  const isTaken = madeUp !== undefined && made !== undefined && others.length === 0;
  const parse = ({ name, text }: RolePolicyText) => parseFile(name, isTaken ? text.replaceAll(made, madeUp) : text);
  return {
    identity: texts.map(parse),
    assumed: isTaken
      ? [`whether '${made}' is the key that the stack makes: taken for it, as the role's policies name it`]
      : [],
  };
}

function parseFile(name: string, text: string): Policy {
  try {
    return parsePolicy(text, name, { kind: 'identity' });
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    const fix = 'Give the document as the role carries it, or as emit wrote it to host/';
    throw new ToolkitError(error.code, `${error.message}\n${fix}`, { cause: error });
  }
}

/** @throws {ToolkitError} `NoForeignRole`, when policies of a role are given that the stack itself decides about */
export function requireForeignRole(texts: readonly RolePolicyText[], roleArn: string, { account }: Place): void {
  const [first] = texts;
  if (first === undefined || accountOf(roleArn) !== account) return;
  throw new ToolkitError(
    'NoForeignRole',
    `'${first.name}' must be a policy of a role of another account, got: an environment whose role is ${roleArn}\n` +
      'Leave out --role-policy: the stack itself says what this role may do',
  );
}
