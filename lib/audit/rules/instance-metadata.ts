import { declaredKind } from '../rule-kit/declared-host';
import { inherited, notApplicable } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { checkSettings } from '../rule-kit/settings';

const TYPES = ['aws_instance', 'aws_launch_template'];

export const instanceMetadata: Rule = {
  id: 'instance-metadata',
  title: 'The host asks for a session before it hands out credentials (IMDSv2)',
  rationale:
    "With IMDSv1, any application on the host that can be tricked into fetching a URL leaks the role's credentials.",
  reads: 'aws_instance, aws_launch_template: metadata_options.http_tokens',
  remedy: 'Set metadata_options.http_tokens to required on the instance of Vault.',
  controls: {
    fsbp: ['EC2.8'],
    cisV3: ['5.6'],
    cisV5: ['5.7'],
    nist80053r5: ['AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-6'],
    pciDss401: ['2.2.6'],
  },
  equivalents: { checkov: ['CKV_AWS_79'], prowler: ['ec2_instance_imdsv2_enabled'] },
  check: (subject) => {
    const hosts = TYPES.flatMap(subject.ofType);
    if (hosts.length === 0 && declaredKind(subject) === 'on-premises')
      return [notApplicable('aws_instance', 'the hosts are on premises, and have no instance metadata')];
    if (hosts.length === 0)
      return [inherited('aws_instance', 'the stack makes no instance: whoever runs the host answers for it')];
    return hosts.map((host) =>
      checkSettings(host, [{ path: 'metadata_options.http_tokens', oneOf: ['required'] }], subject),
    );
  },
};
