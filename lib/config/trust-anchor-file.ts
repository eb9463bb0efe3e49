import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readAuthorities } from '../certificates/authorities';
import type { Parsed } from './parse';

const PATH = 'host.trustAnchor.certificates';

/** Adds the certificates of the trust anchor to create, from the file beside the environment file. */
export function withTrustAnchor(parsed: Parsed, file: string, now: Date | undefined): Parsed {
  if (!('environment' in parsed)) return parsed;
  const { environment } = parsed;
  const name = environment.host.kind === 'on-premises' ? environment.host.trustAnchor.certificates : undefined;
  if (name === undefined) return parsed;
  const path = join(dirname(file), name);
  const issue = (message: string) => ({ file, path: PATH, message });
  if (!existsSync(path)) return { issues: [issue(`must be a file beside this one, got: no such file '${path}'`)] };
  const read = readAuthorities(readFileSync(path, 'utf8'), now);
  if ('pem' in read) return { environment: { ...environment, trustAnchorPem: read.pem } };
  return { issues: read.problems.map((problem) => issue(`must hold certificates of authorities, got: ${problem}`)) };
}
