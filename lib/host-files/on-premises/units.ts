import { systemdWord } from '../../quoting/systemd-word';
import type { HostFile, HostToSetUp } from '../host-file';
import { helperCommand } from './helper-command';
import { PLACES, SERVE_USER } from './places';
import { SERVE_UNIT } from './vault-drop-in';

/** A process that reads its files, and reaches the network where it has to, needs no more. */
const CONFINED = [
  'NoNewPrivileges=yes',
  'ProtectSystem=strict',
  'ProtectHome=yes',
  'PrivateTmp=yes',
  'PrivateDevices=yes',
  'ProtectKernelTunables=yes',
  'ProtectControlGroups=yes',
  'CapabilityBoundingSet=',
];

/** A certificate that the authority renews in time never has less than this share of its validity left. */
const LEAST_SHARE_LEFT = 0.3;
/** Where nobody promises a validity. */
const LEAST_DAYS_LEFT = 30;
const DAY_SECONDS = 86_400;

/** The units of systemd that the host needs besides the drop-in. */
export function units(toSetUp: HostToSetUp<'on-premises'>): readonly HostFile[] {
  return [
    ...(toSetUp.host.helper === 'serve' ? [{ name: SERVE_UNIT, text: serveUnit(toSetUp) }] : []),
    { name: 'vault-certificate-expiry.service', text: expiryUnit(toSetUp) },
    { name: 'vault-certificate-expiry.timer', text: EXPIRY_TIMER },
  ];
}

/** Every process of the host can ask it, so it hands out nothing but this role. */
function serveUnit(toSetUp: HostToSetUp<'on-premises'>): string {
  return [
    '[Unit]',
    'Description=Credentials for Vault from the certificate of this host',
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    `User=${SERVE_USER}`,
    `ExecStart=${helperCommand(toSetUp).map(systemdWord).join(' ')}`,
    'Restart=always',
    'RestartSec=30',
    ...CONFINED,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

/** Fails, where whatever watches units sees it, when the certificate should have been renewed. */
function expiryUnit({ host }: HostToSetUp<'on-premises'>): string {
  const { maximumDays } = host.certificate;
  const daysLeft = maximumDays === undefined ? LEAST_DAYS_LEFT : maximumDays * LEAST_SHARE_LEFT;
  const seconds = `${Math.round(daysLeft * DAY_SECONDS)}`;
  const check = ['/usr/bin/openssl', 'x509', '-in', PLACES.certificate, '-noout', '-checkend', seconds];
  return [
    '[Unit]',
    `Description=Certificate of this host is good for more than ${Number(daysLeft.toFixed(1))} days`,
    '',
    '[Service]',
    'Type=oneshot',
    'DynamicUser=yes',
    `ExecStart=${check.map(systemdWord).join(' ')}`,
    ...CONFINED,
    'PrivateNetwork=yes',
    '',
  ].join('\n');
}

const EXPIRY_TIMER = [
  '[Unit]',
  'Description=Looks at the certificate of this host',
  '',
  '[Timer]',
  'OnCalendar=hourly',
  'RandomizedDelaySec=15min',
  'Persistent=true',
  '',
  '[Install]',
  'WantedBy=timers.target',
  '',
].join('\n');
