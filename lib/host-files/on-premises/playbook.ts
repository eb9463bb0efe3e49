import { ansibleVariables } from '../../quoting/ansible-value';
import type { HostToSetUp } from '../host-file';
import { isBelowAnother } from './helper-command';
import { PLACES, SERVE_USER, VAULT } from './places';
import { PLAYBOOK_TASKS } from './playbook-tasks';
import { SERVE_UNIT, vaultVariables } from './vault-drop-in';

const HEAD = `# Sets Vault hosts up, and verifies each as the user of the service. No key leaves a host, and none is in here.
#   ansible-playbook -i <inventory> playbook.yml
# Beside it: aws_signing_helper, vault-env-verify.cjs, and certificates/<common name>.pem once they are issued; the first
# run makes the requests, in requests/.
- name: Vault hosts
  hosts: "{{ vault_hosts | default('all') }}"
  become: true
  gather_facts: false
`;

/** Variables that a person may set otherwise, with -e or in the inventory. */
const DEFAULTS = `    common_name: "{{ inventory_hostname }}"
    vault_service: ${VAULT.service}
    vault_user: ${VAULT.user}
    helper: aws_signing_helper
    verifier: vault-env-verify.cjs
    config: ../backup-environment.json
    certificates: certificates
    requests: requests
    node: node
    verify_arguments: []
    verify_environment: {}
    # Another root than that of the host, to try it out: no unit is started there.
    root: ""
`;

const BETWEEN = "    # A file of the authorities between the host's certificate and the trust anchor.\n";

/** The playbook of Ansible that does all that the page says. */
export function playbook(toSetUp: HostToSetUp<'on-premises'>): string {
  const { helper, certificate } = toSetUp.host;
  const isProcess = helper === 'process';
  const fixed = ansibleVariables({
    common_names: certificate.subject.CN,
    unit_files: [
      ...(isProcess ? [] : [SERVE_UNIT]),
      'vault-certificate-expiry.service',
      'vault-certificate-expiry.timer',
    ],
    enabled_units: [...(isProcess ? [] : [SERVE_UNIT]), 'vault-certificate-expiry.timer'],
    serve_user: isProcess ? '' : SERVE_USER,
    folder: PLACES.folder,
    library: PLACES.library,
    units: PLACES.units,
    intermediates_named: isBelowAnother(toSetUp.host) ? 'in the files' : '',
    helper_place: PLACES.helper,
    aws_region: vaultVariables(toSetUp).AWS_REGION ?? '',
    metadata_endpoint: vaultVariables(toSetUp).AWS_EC2_METADATA_SERVICE_ENDPOINT ?? '',
  });
  const intermediates = isBelowAnother(toSetUp.host) ? 'intermediates.pem' : '';
  return `${HEAD}  vars:\n${DEFAULTS}${BETWEEN}    intermediates: "${intermediates}"\n${indented(fixed, 4)}  tasks:\n${indented(PLAYBOOK_TASKS, 4)}`;
}

function indented(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(spaces));
}
