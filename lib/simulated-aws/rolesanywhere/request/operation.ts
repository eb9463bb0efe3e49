import type { Input } from '../../service/json-parameters';
import type { Call } from '../../service/service';

export type Output = Readonly<Record<string, unknown>>;

/** An operation of the service, with where it is found. */
export interface RolesAnywhereOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A segment in braces stands for the parameter of that name. */
  readonly path: string;
  /** Every other parameter that it takes, in the query or in the body; another one is answered with `NotImplemented`. */
  readonly parameters: readonly string[];
  /** @default 200 */
  readonly successStatus?: number;
  readonly run: (call: Call, input: Input) => Output;
}
