import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Decision } from '../../lib/iam';
import type { Question } from '../rows/evaluator-questions';

const FOLDER = join(__dirname, 'iam-simulate');
const PACKAGE = '@cloud-copilot/iam-simulate';

interface Policy {
  readonly name: string;
  readonly policy: unknown;
}

interface Simulation {
  readonly request: {
    readonly principal: string;
    readonly action: string;
    readonly resource: { readonly resource: string; readonly accountId: string };
    readonly contextVariables: Question['request']['context'];
  };
  readonly identityPolicies: readonly Policy[];
  readonly serviceControlPolicies: readonly never[];
  readonly resourceControlPolicies: readonly never[];
  readonly resourcePolicy?: unknown;
}

type Result = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';

/** The part of the package that is measured; its types cannot be imported, as it may not be there. */
interface IamSimulate {
  readonly runSimulation: (simulation: Simulation, options: object) => Promise<{ readonly overallResult?: Result }>;
}

/** The package, when it is installed in its own folder; it is never a dependency of the project. */
export function tryLoadIamSimulate(): IamSimulate | undefined {
  if (!existsSync(join(FOLDER, 'node_modules', PACKAGE))) return undefined;
  return createRequire(join(FOLDER, 'package.json'))(PACKAGE) as IamSimulate;
}

export function toSimulation({ request, documents }: Question): Simulation {
  const { principal, action, resource, resourceAccount, context } = request;
  return {
    request: {
      principal: 'arn' in principal ? principal.arn : '',
      action,
      resource: { resource, accountId: resourceAccount },
      contextVariables: context,
    },
    identityPolicies: documents.identity.map((policy, index) => ({ name: `identity ${index}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(documents.resource && { resourcePolicy: documents.resource }),
  };
}

const RESULTS: Readonly<Record<Result, Decision['result']>> = {
  Allowed: 'allowed',
  ExplicitlyDenied: 'explicitly-denied',
  ImplicitlyDenied: 'implicitly-denied',
};

/** Its results in our words; `undefined` where it refuses the question. */
export async function resultOf(peer: IamSimulate, simulation: Simulation): Promise<Decision['result'] | undefined> {
  const { overallResult } = await peer.runSimulation(simulation, {});
  return overallResult && RESULTS[overallResult];
}
