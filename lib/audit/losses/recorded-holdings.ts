import type { RecordedResource } from '../report/audit-report';
import type { Arguments } from '../stack/arguments';
import type { StackResource } from '../stack/stack-document';
import { UnknownValue } from '../stack/unknown-value';
import { KEPT } from './comparisons';
import type { Holding } from './loss';

/** The arguments of a resource that data depends on, as a report keeps them; `undefined` where there are none. */
export function recordHolding({ type, arguments: given, written = given }: StackResource): Arguments | undefined {
  const reads = KEPT[type]?.reads ?? [];
  const kept = reads.flatMap((name) => {
    // The ARN is AWS's, so that only a plan knows it.
    const value = name === 'arn' ? given.arn : written[name];
    const isKept = value !== undefined && value !== null && !(name === 'arn' && value instanceof UnknownValue);
    return isKept ? [[name, record(value)] as const] : [];
  });
  return reads.length === 0 ? undefined : Object.fromEntries(kept);
}

/** `undefined` for a resource of a report that kept nothing of it. */
export function holdingOf({ address, type, keeps }: RecordedResource): Holding | undefined {
  return keeps && { address, type, settings: revive(keeps) as Arguments };
}

function record(value: unknown): unknown {
  if (value instanceof UnknownValue) return { unknown: value.because };
  return mapped(value, record);
}

function revive(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && Object.keys(value).join() === 'unknown')
    return new UnknownValue(String((value as Arguments).unknown));
  return mapped(value, revive);
}

function mapped(value: unknown, map: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(map);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, map(inner)]));
}
