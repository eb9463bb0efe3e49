import { UsageError } from '../lib/errors';
import { STACKS_FOLDER } from './stacks-folder';

/** The options of `verify` for the operator's half. */
export interface OperatorChoice {
  readonly as?: 'host' | 'operator' | undefined;
  readonly operatorProfile?: string | undefined;
  readonly stack?: string | undefined;
  readonly authority?: string | undefined;
  readonly evidence?: string | undefined;
  readonly acceptOtherEndpoints: boolean;
}

/** The options of `verify` that the operator's half adds. */
export const OPERATOR_OPTIONS = {
  as: {
    choices: ['host', 'operator'] as const,
    describe:
      'Which half to run: host does what Vault does, with the credentials of the role; ' +
      'operator compares the configuration with what was audited, read-only, as an administrator [default: "host"]',
  },
  'operator-profile': {
    type: 'string',
    requiresArg: true,
    describe: 'Run as operator, with this profile of the AWS config; without it the usual credentials are taken',
  },
  stack: {
    type: 'string',
    requiresArg: true,
    describe: `As operator: folder of the stack that was applied [default: ${STACKS_FOLDER}/<environment>, or the one in --evidence]`,
  },
  authority: {
    type: 'string',
    requiresArg: true,
    describe:
      'As operator: PEM file of the authority that signs the revocation list of a host on premises, where the trust anchor does not hold it',
  },
} as const;

/** @throws {UsageError} `BadArguments` */
export function isAsOperator({
  as,
  operatorProfile,
  stack,
  authority,
  without = [],
}: Omit<OperatorChoice, 'acceptOtherEndpoints'> & { readonly without?: readonly string[] }): boolean {
  const isOperator = as === 'operator' || (as === undefined && operatorProfile !== undefined);
  const given = [operatorProfile && '--operator-profile', stack && '--stack', authority && '--authority'].filter(
    Boolean,
  );
  if (isOperator && without.length > 0) {
    throw new UsageError(
      'BadArguments',
      `'--without' must go with the host's half, got: --as operator\nLeave it out: what this operator may not read is inconclusive, and nothing else`,
    );
  }
  if (isOperator || given.length === 0) return isOperator;
  throw new UsageError(
    'BadArguments',
    `${given.join(' and ')} must go with --as operator, got: --as ${as ?? 'host'}\nAdd --as operator, or leave it out`,
  );
}
