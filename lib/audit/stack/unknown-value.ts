/** A leaf of an argument that is decided only at deployment. */
export class UnknownValue {
  /** @param because - what it depends on, as in `known after apply` */
  constructor(readonly because: string) {}

  toJSON(): string {
    return `(${this.because})`;
  }
}
