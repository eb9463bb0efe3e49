import { shellWord } from '../../quoting/shell-word';
import type { HostToSetUp } from '../host-file';
import { isBelowAnother } from './helper-command';
import { PLACES, SERVE_PORT, SERVE_USER, VAULT } from './places';
import { SERVE_UNIT } from './vault-drop-in';

type Host = HostToSetUp<'on-premises'>['host'];

/** The page for a person at the host; the playbook does the same. */
export function setupPage(toSetUp: HostToSetUp<'on-premises'>): string {
  return [
    `# Vault host of \`${toSetUp.environment}\`: set it up`,
    '',
    'The playbook does the same: `ansible-playbook -i <inventory> playbook.yml`. On Windows, [windows.ps1](#windows) does.',
    `Tomcat's service is taken to be \`${VAULT.service}\` with the user \`${VAULT.user}\`: put yours in their place.`,
    '',
    ...linux(toSetUp),
    ...renewing(toSetUp),
    ...WINDOWS,
  ].join('\n');
}

function linux({ host }: HostToSetUp<'on-premises'>): readonly string[] {
  const isProcess = host.helper === 'process';
  return [
    '## Linux',
    '',
    "As root, in this folder, into which AWS's `aws_signing_helper` (compare its SHA-256 with the one that AWS publishes) and `vault-env-verify.cjs` were copied:",
    '',
    ...shell(requesting(host)),
    '',
    `The private key is now in \`${PLACES.privateKey}\`, readable by \`${readerOf(host)}\` alone, and does not leave the host; one that was there already is kept, and goes to that user. Each host has a name of its own: ${host.certificate.subject.CN.map(code).join(', ')}. Have \`${PLACES.folder}/request.pem\` signed, then:`,
    '',
    ...shell(starting(host)),
    '',
    `${between(host)} Behind a proxy, add \`--with-proxy\`: without it the helper takes no notice of \`HTTPS_PROXY\`${isProcess ? '' : `, which \`systemctl edit ${SERVE_UNIT}\` sets for it (\`Environment=HTTPS_PROXY=...\`)`}.`,
    '',
    'Then look, and verify, as the user that runs Vault:',
    '',
    ...shell(['doctor ', ''].map((verb) => verifyLine(toVerify(isProcess), verb))),
    '',
  ];
}

function shell(commands: readonly string[]): readonly string[] {
  return ['```sh', ...commands, '```'];
}

/** The user that reads the private key: of Vault, or of the helper where that serves. */
function readerOf({ helper }: Host): string {
  return helper === 'process' ? VAULT.user : SERVE_USER;
}

function requesting(host: Host): readonly string[] {
  const [name = ''] = host.certificate.subject.CN;
  const serveUser = `id ${SERVE_USER} || useradd --system --no-create-home --shell /usr/sbin/nologin ${SERVE_USER}`;
  return [
    `install -d ${PLACES.folder} ${PLACES.library} ${PLACES.units}/${VAULT.service}.d`,
    `install -m 755 aws_signing_helper ${PLACES.helper}`,
    `install -m 644 request.cnf request.sh renew.sh vault-env-verify.cjs ../backup-environment.json ${PLACES.library}`,
    ...(host.helper === 'process' ? [] : [serveUser]),
    `sh ${PLACES.library}/request.sh ${shellWord(name)} ${readerOf(host)}`,
  ];
}

function starting(host: Host): readonly string[] {
  const served = host.helper === 'process' ? [] : [SERVE_UNIT];
  const units = [...served, 'vault-certificate-expiry.service', 'vault-certificate-expiry.timer'];
  const started = [...served, 'vault-certificate-expiry.timer'];
  return [
    `sh ${PLACES.library}/renew.sh certificate.pem`,
    ...(isBelowAnother(host) ? [`install -m 644 intermediates.pem ${PLACES.intermediates}`] : []),
    `install -m 644 aws-config ${PLACES.awsConfig}`,
    `install -m 644 ${units.join(' ')} ${PLACES.units}`,
    `install -m 644 tomcat-vault.conf ${PLACES.units}/${VAULT.service}.d/vault-backup.conf`,
    'systemctl daemon-reload',
    `systemctl enable --now ${started.join(' ')}`,
    `systemctl restart ${VAULT.service}`,
  ];
}

/** A trust anchor often holds a root, and the helper has to send what stands between. */
function between(host: Host): string {
  const { authorities = [], certificate } = host;
  return isBelowAnother(host)
    ? `The trust anchor holds ${authorities.map(code).join(' and ')}, and \`${certificate.issuer?.CN}\` issues the certificates: \`intermediates.pem\` is the certificate of that one, and of those above it up to the trust anchor.`
    : `Where an authority stands between the certificate and the trust anchor, put its certificate into \`${PLACES.intermediates}\` and add \`--intermediates ${PLACES.intermediates}\` to the helper's arguments.`;
}

function toVerify(isProcess: boolean): string {
  return isProcess
    ? 'AWS_EC2_METADATA_DISABLED=true'
    : `AWS_EC2_METADATA_SERVICE_ENDPOINT=http://127.0.0.1:${SERVE_PORT}`;
}

function verifyLine(source: string, verb: string): string {
  return `runuser -u ${VAULT.user} -- env AWS_CONFIG_FILE=${PLACES.awsConfig} ${source} node ${PLACES.library}/vault-env-verify.cjs ${verb}${PLACES.library}/backup-environment.json`;
}

function renewing({ host }: HostToSetUp<'on-premises'>): readonly string[] {
  const { maximumDays } = host.certificate;
  const often =
    maximumDays === undefined ? 'before it expires' : `every ${Math.max(1, Math.floor(maximumDays / 2))} days`;
  return [
    '## Renewal and revocation',
    '',
    `Renew the certificate ${often}: have \`${PLACES.folder}/request.pem\` signed again, and run \`renew.sh\` with what comes back. It refuses a certificate that would get no session. \`vault-certificate-expiry.service\` fails when that was forgotten: let whatever watches units tell you.`,
    '',
    ...(host.revocation === 'crl'
      ? [
          'Whenever the authority issues its revocation list, and at once when a key is stolen, run where the AWS CLI may call IAM Roles Anywhere:',
          '',
          '```sh',
          'sh crl.sh authority.crl',
          '```',
          '',
        ]
      : ['A stolen key is good until its certificate expires: have the authority renew it no more.', '']),
    `A session lives on after that, for ${host.sessionSeconds / 60} minutes at most. To end it at once, attach to the role a policy that denies everything while \`aws:TokenIssueTime\` is earlier than now.`,
    '',
  ];
}

const WINDOWS = [
  '## Windows',
  '',
  'The key is made in the certificate store, and cannot be exported. As an administrator, with `aws_signing_helper.exe` in `C:\\ProgramData\\vault-backup`, and the certificates of the authorities in the stores of the machine: the root in `Root`, one below it in `CA`. Without them `certreq -accept` refuses the certificate, and the helper takes the chain that it sends from there (`--intermediates` does not go with `--cert-selector`):',
  '',
  '```powershell',
  '.\\windows.ps1 -CommonName <common name> -Service <service> -User <its user>',
  '.\\windows.ps1 -CommonName <common name> -Service <service> -User <its user> -Certificate certificate.pem',
  '```',
  '',
  'The first makes key and request, the second puts the certificate into place, names it to the helper by its serial number (`--cert-selector` with a subject takes the whole subject, not the common name alone) and restarts the service; both again renew it. Then run the verifier as the user of the service.',
  '',
];

function code(text: string): string {
  return `\`${text}\``;
}
