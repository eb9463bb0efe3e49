import type { HostFiles } from '../host-file';
import { awsConfig } from './aws-config';
import { certificateRequest } from './certificate-request';
import { playbook } from './playbook';
import { renewal } from './renewal';
import { revocationList } from './revocation-list';
import { setupPage } from './setup-page';
import { units } from './units';
import { vaultDropIn } from './vault-drop-in';
import { windowsScript } from './windows';

/** Everything that a host on premises needs, for Linux, for Windows and for Ansible. */
export const onPremisesFiles: HostFiles<'on-premises'> = (toSetUp) => [
  ...certificateRequest(toSetUp),
  { name: 'aws-config', text: awsConfig(toSetUp) },
  ...units(toSetUp),
  { name: 'tomcat-vault.conf', text: vaultDropIn(toSetUp) },
  renewal(toSetUp),
  ...revocationList(toSetUp),
  { name: 'windows.ps1', text: windowsScript(toSetUp) },
  { name: 'playbook.yml', text: playbook(toSetUp) },
  { name: 'host-setup.md', text: setupPage(toSetUp) },
];
