import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { ToolkitError } from '../errors';
import type { ProcessEnvironment } from '../process-environment';
import { readWhole } from '../read-whole';

/**
 * Certificates of authorities to trust beside those that Node brings, as PEM.
 *
 * Node reads `NODE_EXTRA_CA_CERTS` by itself, unless a list of authorities is given; so where `AWS_CA_BUNDLE` names one,
 * both are read here. Unlike in other SDKs the bundle adds to what is trusted and does not replace it.
 *
 * @throws {ToolkitError} `BadCaBundle`
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html
 */
export function trustedAuthorities(env: ProcessEnvironment): string | undefined {
  const extra = env.NODE_EXTRA_CA_CERTS;
  // Node takes no notice of a file that is not there, and drops the rest of one that breaks off.
  if (!env.AWS_CA_BUNDLE && extra && existsSync(extra)) readBundle('NODE_EXTRA_CA_CERTS', extra);
  if (!env.AWS_CA_BUNDLE) return undefined;
  const names = ['AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'].filter((name) => env[name]);
  return names.map((name) => readBundle(name, env[name] ?? '')).join('\n');
}

const BEGIN = '-----BEGIN CERTIFICATE-----';

function readBundle(name: string, file: string): string {
  const text = readText(name, file);
  const certificates = text.split(BEGIN).slice(1);
  if (certificates.length === 0) throw badBundle(name, `${file}, which holds none`);
  for (const [index, rest] of certificates.entries()) {
    if (!isCertificate(`${BEGIN}${rest}`)) throw badBundle(name, `${file}, whose certificate ${index + 1} is broken`);
  }
  return text;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function readText(name: string, file: string): string {
  try {
    return readWhole(file).toString('utf8');
  } catch (cause) {
    throw badBundle(name, `${file} (${(cause as NodeJS.ErrnoException).code})`);
  }
}

function badBundle(name: string, got: string): ToolkitError {
  return new ToolkitError('BadCaBundle', `'${name}' must name a file of certificates in PEM, got: ${got}`);
}
