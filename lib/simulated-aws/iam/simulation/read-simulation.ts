import { ACCOUNT_ID, accountOf } from '../../../arn';
import type { ContextValue } from '../../../iam/types';
import { readList } from '../../service/parameters';
import { notImplemented } from '../../wire/http/aws-error';
import type { Form } from '../../wire/protocols/query-protocol';
import { invalidInput } from '../request/errors';
import { readInputPolicy, type SimulatedPolicy } from './simulated-policy';
import type { Simulation } from './simulation';

/** The parameters of a simulation, besides the policies it is about. */
export type RequestedSimulation = Pick<Simulation, 'actions' | 'resources' | 'context' | 'boundary' | 'resourcePolicy'>;

/** Names of the parameters that every simulation takes. */
export const SIMULATION_PARAMETERS: readonly string[] = [
  'ActionNames.member.N',
  'ResourceArns.member.N',
  'PolicyInputList.member.N',
  'PermissionsBoundaryPolicyInputList.member.N',
  'ResourcePolicy',
  'ResourceOwner',
  'CallerArn',
  'ContextEntries.member.N.ContextKeyName',
  'ContextEntries.member.N.ContextKeyType',
  'ContextEntries.member.N.ContextKeyValues.member.N',
];

/** @throws {AwsError} `InvalidInput`; `NotImplemented` for a simulation across accounts */
export function readSimulation(form: Form, callerAccount: string): RequestedSimulation {
  const resources = readList(form, 'ResourceArns');
  const resourcePolicy = form.get('ResourcePolicy');
  const boundary = readBoundary(form);
  requireOneAccount(callerAccount, resources, form.get('ResourceOwner'));
  return {
    actions: readActions(form),
    resources: resources.length === 0 ? ['*'] : resources.map(requireArn),
    context: readContext(form),
    ...(boundary === undefined ? {} : { boundary }),
    ...(resourcePolicy === undefined
      ? {}
      : {
          resourcePolicy: readInputPolicy(resourcePolicy, {
            sourceId: 'ResourcePolicy',
            type: 'resource',
            kind: 'resource',
          }),
        }),
  };
}

/** The policies that the request adds. */
export function readInputPolicies(form: Form): readonly SimulatedPolicy[] {
  return readList(form, 'PolicyInputList').map((text, index) =>
    readInputPolicy(text, { sourceId: `PolicyInputList.${index + 1}` }),
  );
}

function readActions(form: Form): readonly string[] {
  const actions = readList(form, 'ActionNames');
  const wrong = actions.find((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/i.test(action));
  if (actions.length === 0 || wrong !== undefined) {
    throw invalidInput(`ActionNames must be names like iam:CreateUser, without wildcards, got: ${wrong ?? 'none'}`);
  }
  return actions;
}

function requireArn(text: string): string {
  if (text !== '*' && !/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(text)) {
    throw invalidInput(`Invalid ARN in ResourceArns: ${text}`);
  }
  return text;
}

function readBoundary(form: Form): SimulatedPolicy | undefined {
  const texts = readList(form, 'PermissionsBoundaryPolicyInputList');
  if (texts.length > 1) {
    throw invalidInput('Only one permissions boundary can be passed to a simulation.');
  }
  const sourceId = 'PermissionsBoundaryPolicyInputList.1';
  return texts[0] === undefined ? undefined : readInputPolicy(texts[0], { sourceId });
}

function requireOneAccount(callerAccount: string, resources: readonly string[], owner: string | undefined): void {
  const accounts = [...resources.map((arn) => accountOf(arn)), /\d{12}/.exec(owner ?? '')?.[0] ?? ''];
  const other = accounts.find((account) => ACCOUNT_ID.test(account) && account !== callerAccount);
  if (other !== undefined) {
    throw notImplemented(`a policy simulation across accounts, from ${callerAccount} to ${other}`);
  }
}

const CONTEXT_TYPES = /^(?:string|numeric|boolean|ip|binary|date)(?:List)?$/;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html */
function readContext(form: Form): Readonly<Record<string, ContextValue>> {
  const names = readList(form, 'ContextEntries', '.ContextKeyName');
  return Object.fromEntries(
    names.map((name, index) => {
      const entry = `ContextEntries.member.${index + 1}`;
      const type = form.get(`${entry}.ContextKeyType`) ?? '';
      const values = readList(form, `${entry}.ContextKeyValues`);
      if (!CONTEXT_TYPES.test(type) || (!type.endsWith('List') && values.length !== 1)) {
        throw invalidInput(`The context key ${name} of type '${type}' has ${values.length} values.`);
      }
      return [name, type.endsWith('List') ? values : (values[0] ?? '')];
    }),
  );
}
