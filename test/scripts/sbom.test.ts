import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { buildSboms } from '../../scripts/build-sbom';
import type { BuiltVerifier } from '../../scripts/build-verify';
import { ROOT } from '../e2e/run-vault-env';
import { builtVerifier } from '../support/built-verifier';

interface Sbom {
  readonly specVersion: string;
  readonly components: readonly { readonly name: string; readonly version: string; readonly licenses?: object[] }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly metadata: { readonly component: { readonly name: string; readonly hashes?: object[] } };
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly name?: string; readonly version: string; readonly dev?: boolean }>
  >;
}

let folder: string;
let verifier: BuiltVerifier;
let ofPackage: Sbom;
let ofVerifier: Sbom;
let isCycloneDx: ValidateFunction;

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sbom-'));
  verifier = await builtVerifier(folder);
  await buildSboms(folder, verifier);
  ofPackage = read(join(folder, 'sbom.cdx.json'));
  ofVerifier = read(`${verifier.file}.cdx.json`);
  isCycloneDx = validatorOf(ofPackage.specVersion);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The schemas that CycloneDX publishes, as its own library carries them. */
function validatorOf(version: string): ValidateFunction {
  const place = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');
  const schemaOf = (name: string) => read(join(place, `${name}.SNAPSHOT.schema.json`));
  const ajv = addFormats(new Ajv({ strict: false, formats: { 'idn-email': true, 'iri-reference': true } }));
  // Their schemas call each other by the names of these files.
  for (const name of ['spdx', 'jsf-0.82'])
    ajv.addSchema({ ...schemaOf(name), $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json` });
  return ajv.compile(schemaOf(`bom-${version}`));
}

const problemsOf = (sbom: unknown) => (isCycloneDx(sbom) ? [] : isCycloneDx.errors);

const namesOf = ({ components }: Sbom) => components.map(({ name, version }) => `${name}@${version}`).sort();

const withoutLicence = ({ components }: Sbom) => components.filter(({ licenses = [] }) => licenses.length === 0);

test('the SBOMs of package and verifier are valid by the schema of CycloneDX, which refuses others', () => {
  expect([problemsOf(ofPackage), problemsOf(ofVerifier)]).toEqual([[], []]);
  const [first, ...others] = ofPackage.components;
  expect(
    problemsOf({ ...ofPackage, components: [{ ...first, licenses: [{ license: { id: 'Mine' } }] }, ...others] }),
  ).not.toEqual([]);
});

test('every package that is installed with this one is in its SBOM, with a licence', () => {
  const { packages }: Lock = read(join(ROOT, 'package-lock.json'));
  const installed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  const names = installed.map(([path, { version, name = path.split('node_modules/').at(-1) }]) => `${name}@${version}`);
  expect(namesOf(ofPackage)).toEqual([...new Set(names)].sort());
  expect(withoutLicence(ofPackage)).toEqual([]);
});

test('every package that is built into the verifier is in its SBOM, with a licence, beside the sum of the file', () => {
  const names = verifier.packageFolders.map((place) => {
    const { name, version } = read(join(place, 'package.json'));
    return `${name}@${version}`;
  });
  expect(names.length).toBeGreaterThan(0);
  expect(namesOf(ofVerifier)).toEqual([...new Set(names)].sort());
  expect(withoutLicence(ofVerifier)).toEqual([]);
  const content = createHash('sha256').update(readFileSync(verifier.file)).digest('hex');
  expect(ofVerifier.metadata.component).toMatchObject({
    name: 'vault-env-verify.cjs',
    hashes: [{ alg: 'SHA-256', content }],
  });
});

test('an SBOM tells dependencies between its own components alone', () => {
  for (const sbom of [ofPackage, ofVerifier]) {
    const known = new Set(['vault-backup-environment@0.1.0', ...namesOf(sbom)]);
    const told = sbom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(told.filter((ref) => !known.has(ref))).toEqual([]);
  }
});
