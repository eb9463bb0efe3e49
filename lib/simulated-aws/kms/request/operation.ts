import type { Input } from '../../service/json-parameters';
import type { Call } from '../../service/service';

/** The JSON answer; `undefined` for an operation that AWS answers with an empty body. */
export type Output = Readonly<Record<string, unknown>> | undefined;

/** An operation of the KMS API. */
export interface KmsOperation {
  /** Every parameter that it takes; another one is answered with `NotImplemented`. */
  readonly parameters: readonly string[];
  readonly run: (call: Call, input: Input) => Output;
}

/** AWS's JSON protocol writes a time as seconds since 1970. */
export function epochSeconds(date: Date): number {
  return date.getTime() / 1000;
}
