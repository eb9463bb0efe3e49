import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  type JsonGeneralNames,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
} from '@peculiar/x509';
import type { Proof } from '../../lib/audit/permission-proof/proof';
import { roleTrust } from '../../lib/audit/rules/role-trust';
import { parseInput } from '../../lib/audit/stack/parse-input';
import { readSubject } from '../../lib/audit/subject/read-subject';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import {
  importInstanceRole,
  importTrustAnchor,
  requireAccount,
  type SimulatedAccount,
  startSimulatedAccount,
} from '../../lib/simulated-aws';
import { readTrustPolicy } from '../../lib/simulated-aws/iam/entities/policy-document';
import { createAuthority, type Issued, issue } from '../simulated-aws/rolesanywhere/certificate-authority';
import { askForSession } from '../simulated-aws/rolesanywhere/session-client';
import { runsOf } from '../support/property-runs';
import { FIXTURES, loadExample, synthesizeStack } from '../support/synthesize';
import {
  AUTHORITY,
  ELSEWHERE,
  NAMES,
  OTHER,
  OTHER_REGION,
  OWN,
  REGION,
  THIRD,
  TRUST_VARIANTS,
  type TrustVariant,
} from './trust-variants';

const ROLE = 'vault-backup-named-anchor';
const roleArn = `arn:aws:iam::111122223333:role/${ROLE}`;
const [FIRST, SECOND] = NAMES;

/** A host with its certificate, and whether it is one of the declared ones. */
interface Host {
  readonly title: string;
  readonly isDeclared: boolean;
  readonly anchor: string;
  readonly leaf: Issued;
  readonly issuer: Issued;
}

let account: SimulatedAccount;
let catalogue: Catalogue;
let stackText: string;
let hosts: readonly Host[];

const profileArnIn = (region: string) => OWN.replace('trust-anchor', 'profile').replace(REGION, region);

beforeAll(async () => {
  catalogue = await loadServices(['iam', 'kms', 's3', 'sts']);
  stackText = stack();
  account = await startSimulatedAccount({
    ...{ accountId: '111122223333', region: REGION, otherRegions: [OTHER_REGION], now: () => new Date() },
  });
  importInstanceRole(account.state, roleArn);
  const root = await createAuthority({ subject: 'CN=Root CA' });
  for (const [region, anchors] of [
    [REGION, [OWN, OTHER, THIRD]],
    [OTHER_REGION, [ELSEWHERE]],
  ] as const) {
    const inRegion = requireAccount(account.accounts, '111122223333', region);
    for (const anchor of anchors) importTrustAnchor(inRegion, anchor, root.pem);
    const arn = profileArnIn(region);
    const now = new Date();
    inRegion.rolesAnywhere.profiles.set(arn.slice(arn.lastIndexOf('/') + 1), {
      ...{
        id: arn.slice(arn.lastIndexOf('/') + 1),
        arn,
        name: 'vault',
        isEnabled: true,
        createdAt: now,
        updatedAt: now,
      },
      ...{ tags: new Map(), roleArns: [roleArn], managedPolicyArns: [], durationSeconds: 3600 },
      ...{ requiresInstanceProperties: false, acceptsRoleSessionName: false },
      attributeMappings: new Map([
        ['x509Subject', ['*']],
        ['x509Issuer', ['*']],
        ['x509SAN', ['DNS', 'URI', 'Name/*']],
      ]),
    });
  }
  hosts = await issueAll(root);
});

afterAll(() => account.stop());

/** An environment that declares the names, the issuer and the anchor. */
function stack(): string {
  const environment = loadExample(FIXTURES, 'named-anchor');
  if (environment.host.kind !== 'on-premises') throw new Error('its host shows a certificate');
  const certificate = { subject: { CN: [...NAMES] }, issuer: { CN: AUTHORITY } };
  const host = { ...environment.host, trustAnchor: { arn: OWN }, certificate };
  return synthesizeStack({ ...environment, host }).text;
}

async function issueAll(root: Issued): Promise<readonly Host[]> {
  const authority = (subject: string) => createAuthority({ subject, issuer: root });
  const issuing = await authority(`CN=${AUTHORITY},O=Example`);
  const host = async (
    title: string,
    subject: string,
    { isDeclared = false, anchor = OWN, issuer = issuing, names }: Partial<Host> & { names?: JsonGeneralNames } = {},
  ): Promise<Host> => {
    const extensions = [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      ...(names ? [new SubjectAlternativeNameExtension(names)] : []),
    ];
    return { title, isDeclared, anchor, issuer, leaf: await issue({ subject, issuer, extensions }) };
  };
  const isDeclared = true;
  const names: JsonGeneralNames = [
    { type: 'dns', value: FIRST },
    { type: 'url', value: 'spiffe://example/vault' },
  ];
  return Promise.all([
    host('the first', `CN=${FIRST}`, { isDeclared }),
    host('the second', `CN=${SECOND}`, { isDeclared }),
    host('one with an organization', `CN=${FIRST},O=Example,OU=Vault`, { isDeclared }),
    host('one with two units', `CN=${FIRST},OU=Backups,OU=Vault`, { isDeclared }),
    host('one with alternative names', `CN=${FIRST}`, { isDeclared, names }),
    host('under another anchor', `CN=${FIRST}`, { anchor: OTHER }),
    host('under a third anchor', `CN=${FIRST}`, { anchor: THIRD }),
    host('under an anchor of another region', `CN=${FIRST}`, { anchor: ELSEWHERE }),
    host('a laptop', 'CN=laptop-7.example.com'),
    host('a laptop of the organization', 'CN=laptop-7.example.com,O=Example,OU=Vault'),
    host('a laptop with alternative names', 'CN=laptop-7.example.com', { names }),
    host('a longer name', `CN=${FIRST}-2`),
    host('a name with more before', `CN=x${FIRST}`),
    host('a name like the others', 'CN=vault-9.example.com'),
    host('the name in another case', `CN=${FIRST.toUpperCase()}`),
    host('no name', 'O=Example,OU=Vault'),
    host('the name as second', `CN=laptop,CN=${FIRST}`),
    host('of another authority', `CN=${FIRST}`, { issuer: await authority('CN=Another CA,O=Example') }),
    host('of an authority like it', `CN=${FIRST}`, { issuer: await authority(`CN=${AUTHORITY} 2,O=Example`) }),
    host('of an authority without a name', `CN=${FIRST}`, { issuer: await authority('O=Example') }),
  ]);
}

const documentOf = ({ statements }: TrustVariant) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** Who gets a session and should not, or gets none and should. */
async function seenInAccount(document: string): Promise<readonly string[]> {
  const role = account.state.iam.roles.get(ROLE);
  if (role === undefined) throw new Error('the role is not there');
  account.state.iam.roles.set(ROLE, { ...role, trustPolicy: readTrustPolicy(account.state, document) });
  const wrong: string[] = [];
  for (const { title, isDeclared, anchor, leaf, issuer } of hosts) {
    const region = anchor === ELSEWHERE ? OTHER_REGION : REGION;
    const arns = { trustAnchorArn: anchor, profileArn: profileArnIn(region), roleArn };
    const { status } = await askForSession(account, { leaf, intermediates: [issuer], region, ...arns });
    expect([201, 403]).toContain(status);
    if ((status === 201) !== isDeclared) wrong.push(title);
  }
  return wrong;
}

/** What the rule says, and whether the claims hold that are about the role. */
function judgedFromStack(document: string) {
  const changed = JSON.parse(stackText);
  changed.resource.aws_iam_role.vault.assume_role_policy = document.replaceAll('${', () => '$${');
  const subject = readSubject(parseInput(JSON.stringify(changed), 'cdk.tf.json'), catalogue);
  const proof = subject.proof.state === 'known' ? proofAbout(subject.proof.value) : 'unknown';
  return { rule: roleTrust.check(subject).map(({ result }) => result), proof };
}

function proofAbout({ items }: Proof): 'pass' | 'fail' {
  const about = items.filter(
    ({ id, evidence }) => evidence.on.includes('the role') || id.endsWith('/aws_iam_role.vault'),
  );
  return about.every(({ result }) => result === 'pass') ? 'pass' : 'fail';
}

const every = TRUST_VARIANTS.length;

test.each(TRUST_VARIANTS.filter((_, at) => at % Math.ceil(every / runsOf(every)) === 0))(
  'simulated account, rule and proof judge alike trust that is $truth: $name',
  async (variant) => {
    const document = documentOf(variant);
    const judged = judgedFromStack(document);
    switch (variant.truth) {
      case 'right':
        expect(judged).toEqual({ rule: ['pass'], proof: 'pass' });
        expect(await seenInAccount(document)).toEqual([]);
        return;
      case 'wrong':
        expect(judged).toEqual({ rule: ['fail'], proof: 'fail' });
        expect(await seenInAccount(document)).not.toEqual([]);
        return;
      case 'beyond':
        expect(judged).toEqual({ rule: ['fail'], proof: 'fail' });
        expect(await seenInAccount(document)).toEqual([]);
        return;
      case 'refused':
        expect(judged).toEqual({ rule: ['unknown'], proof: 'unknown' });
        await expect(seenInAccount(document)).rejects.toMatchObject({ code: 'MalformedPolicyDocument' });
    }
  },
);
