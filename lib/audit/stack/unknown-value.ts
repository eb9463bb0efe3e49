import type { Arguments } from './arguments';

/** A leaf of an argument that is decided only at deployment. */
export class UnknownValue {
  /** @param because - what it depends on, as in `known after apply` */
  constructor(readonly because: string) {}

  toJSON(): string {
    return `(${this.because})`;
  }
}

/** Whether a value has members that can be looked at. */
export function isObject(value: unknown): value is Arguments {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof UnknownValue);
}
