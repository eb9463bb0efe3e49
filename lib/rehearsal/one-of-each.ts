import type { Environment } from '../config/environment';
import type { LeftOut } from './rehearsal';

/** Environments of which some stand for others. */
export interface Sample {
  readonly chosen: readonly Environment[];
  readonly leftOut: readonly LeftOut[];
}

/** Takes the first environment of each encryption method and kind of host, which stands for those after it. Pure. */
export function oneOfEach(environments: readonly Environment[]): Sample {
  const first = new Map<string, Environment>();
  const leftOut: LeftOut[] = [];
  for (const environment of environments) {
    const key = `${environment.encryption.method} ${environment.host.kind}`;
    const like = first.get(key)?.name;
    if (like === undefined) first.set(key, environment);
    else leftOut.push({ name: environment.name, like });
  }
  return { chosen: [...first.values()], leftOut };
}
