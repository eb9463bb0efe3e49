/**
 * The tasks of the playbook, in order. What stands in the files is quoted already, so they are copied and never taken for
 * templates; a trial in another root has its paths in place of those of the host.
 *
 * @see https://docs.ansible.com/ansible/latest/collections/ansible/builtin/index.html
 */
export const PLAYBOOK_TASKS = `- name: The common name is one that the role trusts
  ansible.builtin.assert:
    that: common_name in common_names
    fail_msg: "common_name must be one of {{ common_names | join(', ') }}, got: {{ common_name }}"

- name: User of the service that hands out credentials
  ansible.builtin.user:
    name: "{{ serve_user }}"
    system: true
    create_home: false
    shell: /usr/sbin/nologin
  when: serve_user != '' and root == ''

- name: Folders
  ansible.builtin.file:
    path: "{{ root }}{{ item }}"
    state: directory
    mode: "0755"
  loop:
    - "{{ folder }}"
    - "{{ library }}"
    - "{{ helper_place | dirname }}"
    - "{{ units }}/{{ vault_service }}.d"

- name: Credential helper of AWS
  ansible.builtin.copy:
    src: "{{ helper }}"
    dest: "{{ root }}{{ helper_place }}"
    mode: "0755"

- name: Scripts for the certificate
  ansible.builtin.copy:
    src: "{{ item }}"
    dest: "{{ root }}{{ library }}/{{ item }}"
    mode: "0644"
  loop: [request.cnf, request.sh, renew.sh]

- name: Private key and certificate request
  ansible.builtin.command:
    argv:
      - sh
      - "{{ root }}{{ library }}/request.sh"
      - "{{ common_name }}"
      - "{{ serve_user if serve_user != '' and root == '' else vault_user }}"
    creates: "{{ root }}{{ folder }}/request.pem"
  environment:
    VAULT_BACKUP_FOLDER: "{{ root }}{{ folder }}"

- name: Owner of the private key, where another user reads it than before
  ansible.builtin.file:
    path: "{{ root }}{{ folder }}/private-key.pem"
    owner: "{{ serve_user if serve_user != '' and root == '' else vault_user }}"
    mode: "0600"
  when: not ansible_check_mode

- name: Request for the authority
  ansible.builtin.fetch:
    src: "{{ root }}{{ folder }}/request.pem"
    dest: "{{ requests }}/{{ common_name }}.pem"
    flat: true
  when: not ansible_check_mode

- name: Certificate that the authority issued
  ansible.builtin.stat:
    path: "{{ certificates if certificates is abs else playbook_dir ~ '/' ~ certificates }}/{{ common_name }}.pem"
  delegate_to: localhost
  become: false
  register: issued

- name: AWS configuration
  ansible.builtin.copy:
    content: "{{ lookup('file', 'aws-config', rstrip=false) | replace(' --certificate ', with_intermediates) | replace(folder, root ~ folder) | replace(helper_place, root ~ helper_place) }}"
    dest: "{{ root }}{{ folder }}/aws-config"
    mode: "0644"
  vars: &with_intermediates
    with_intermediates: "{{ ' --intermediates ' ~ folder ~ '/intermediates.pem --certificate ' if intermediates != '' and intermediates_named == '' else ' --certificate ' }}"

- name: Authorities between the certificate and the trust anchor
  ansible.builtin.copy:
    src: "{{ intermediates }}"
    dest: "{{ root }}{{ folder }}/intermediates.pem"
    mode: "0644"
  when: intermediates != ''

- name: Units
  ansible.builtin.copy:
    content: "{{ lookup('file', item, rstrip=false) | replace(' --certificate ', with_intermediates) | replace(folder, root ~ folder) | replace(helper_place, root ~ helper_place) }}"
    dest: "{{ root }}{{ units }}/{{ item }}"
    mode: "0644"
  vars: *with_intermediates
  loop: "{{ unit_files }}"

- name: Environment of the service that runs Vault
  ansible.builtin.copy:
    content: "{{ lookup('file', 'tomcat-vault.conf', rstrip=false) | replace(folder, root ~ folder) }}"
    dest: "{{ root }}{{ units }}/{{ vault_service }}.d/vault-backup.conf"
    mode: "0644"
  register: drop_in

- name: Verifier
  ansible.builtin.copy:
    src: "{{ item.from }}"
    dest: "{{ root }}{{ library }}/{{ item.to }}"
    mode: "0644"
  loop:
    - { from: "{{ verifier }}", to: vault-env-verify.cjs }
    - { from: "{{ config }}", to: backup-environment.json }
  loop_control:
    label: "{{ item.to }}"

- name: Go on when the certificate is there
  when: issued.stat.exists
  block:
    - name: Certificate
      ansible.builtin.copy:
        src: "{{ certificates }}/{{ common_name }}.pem"
        dest: "{{ root }}{{ folder }}/certificate.new"
        mode: "0644"

    - name: Certificate in its place, once it is one that gets a session
      ansible.builtin.command:
        argv: [sh, "{{ root }}{{ library }}/renew.sh", "{{ root }}{{ folder }}/certificate.new"]
      environment:
        VAULT_BACKUP_FOLDER: "{{ root }}{{ folder }}"
      register: renewed
      changed_when: renewed.stdout != 'unchanged'

    - name: Units that run
      ansible.builtin.systemd:
        name: "{{ item }}"
        enabled: true
        state: started
        daemon_reload: true
      loop: "{{ enabled_units }}"
      when: root == ''

    - name: Verification as the user of the service
      ansible.builtin.command:
        argv: "{{ [node, root ~ library ~ '/vault-env-verify.cjs', root ~ library ~ '/backup-environment.json'] + verify_arguments }}"
      become: true
      become_user: "{{ vault_user }}"
      environment: "{{ as_the_service | combine({'AWS_EC2_METADATA_SERVICE_ENDPOINT': metadata_endpoint} if metadata_endpoint != '' else {'AWS_EC2_METADATA_DISABLED': 'true'}) | combine(verify_environment) }}"
      vars:
        as_the_service:
          AWS_REGION: "{{ aws_region }}"
          AWS_CONFIG_FILE: "{{ root }}{{ folder }}/aws-config"
      register: verification
      changed_when: false

    - name: Verdict
      ansible.builtin.debug:
        msg: "{{ verification.stdout_lines | default(['not run in check mode']) }}"

    - name: Restart the service that runs Vault when it suits, for its new environment
      ansible.builtin.debug:
        msg: "systemctl restart {{ vault_service }}"
      when: drop_in is changed

- name: What is to be done first
  ansible.builtin.debug:
    msg: "Have {{ requests }}/{{ common_name }}.pem signed, put the certificate into {{ certificates }}/{{ common_name }}.pem, and run this again."
  when: not issued.stat.exists
`;
