import { AwsError, notImplemented } from '../wire/http/aws-error';
import type { WireRequest } from '../wire/http/message';
import { type Form, queryResponse, readForm, renderQueryError } from '../wire/protocols/query-protocol';
import type { XmlContent } from '../wire/xml/xml';
import type { Call, Service } from './service';

/** An operation of a service that speaks the Query protocol. */
export interface QueryOperation {
  /**
   * Every parameter that it takes, as the form names it; `Tags.member.N.Key` stands for the whole list.
   * Another one is answered with `NotImplemented`.
   */
  readonly parameters: readonly string[];
  /** Whether it takes requests without a signature. @default false */
  readonly isUnsigned?: boolean;
  /** The result, or nothing for an operation that answers with its request id alone. */
  readonly run: (call: Call, form: Form) => XmlContent | undefined;
}

/** A service that speaks the Query protocol. */
export interface QueryApi {
  readonly name: string;
  /** `2010-05-08` */
  readonly version: string;
  readonly namespace: string;
  /** By AWS's own names. */
  readonly operations: ReadonlyMap<string, QueryOperation>;
  /** Operations that AWS takes without a signature and that are not simulated: they are answered with `NotImplemented`. */
  readonly unsignedElsewhere?: readonly string[];
}

/** Parameters of every request in the Query protocol. */
const COMMON_PARAMETERS: ReadonlySet<string> = new Set(['Action', 'Version']);

export function queryService(api: QueryApi): Service {
  return {
    name: api.name,
    route: (request) => route(api, request),
    admitsUnsigned: (request) => admitsUnsigned(api, readForm(request).get('Action') ?? ''),
    renderError: (error, request) => renderQueryError(error, request, api.namespace),
  };
}

function admitsUnsigned({ operations, unsignedElsewhere = [] }: QueryApi, name: string): boolean {
  return (operations.get(name)?.isUnsigned ?? false) || unsignedElsewhere.includes(name);
}

function route(api: QueryApi, request: WireRequest): ReturnType<Service['route']> {
  const form = readForm(request);
  const name = form.get('Action');
  if (name === undefined) {
    throw new AwsError(400, 'MissingAction', 'The request must contain the parameter Action.');
  }
  const operation = api.operations.get(name);
  if (operation === undefined) {
    throw notImplemented(`${api.name}:${name}`);
  }
  if (form.get('Version') !== api.version) {
    throw notImplemented(`version '${form.get('Version') ?? ''}' of ${api.name}:${name}`);
  }
  refuseUnknownParameters(`${api.name}:${name}`, operation, form);
  return {
    name,
    run: (call) => {
      const result = operation.run(call, form);
      return queryResponse(call.request, {
        operation: name,
        namespace: api.namespace,
        ...(result === undefined ? {} : { result }),
      });
    },
  };
}

function refuseUnknownParameters(name: string, operation: QueryOperation, form: Form): void {
  const known = new Set(operation.parameters);
  const lists = new Set(listsOf(operation));
  const unknown = [...form.keys()]
    .filter((parameter) => !isSignature(parameter) && !COMMON_PARAMETERS.has(parameter))
    .filter((parameter) => !(form.get(parameter) === '' && lists.has(parameter)))
    .find((parameter) => !known.has(parameter.replace(/\.member\.\d+/g, '.member.N')));
  if (unknown !== undefined) {
    throw notImplemented(`the parameter '${unknown}' of ${name}`);
  }
}

/** The names of the lists that it takes: one without members is sent under its name, with no value. */
function listsOf({ parameters }: QueryOperation): readonly string[] {
  return parameters.flatMap((parameter) => /^(.+?)\.member\.N/.exec(parameter)?.[1] ?? []);
}

/** A request with its form in the query may carry its signature there, too. */
function isSignature(parameter: string): boolean {
  return /^X-Amz-/i.test(parameter);
}
