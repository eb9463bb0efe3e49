import { declaredKind } from '../rule-kit/declared-host';
import { doubtFor, failFor } from '../rule-kit/gathered';
import { inherited, notApplicable, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import { blocksOf } from '../stack/argument';
import type { Arguments } from '../stack/arguments';
import type { StackResource } from '../stack/stack-document';

const TYPES = ['aws_instance', 'aws_launch_template'];

/** A fact about a host that is wrong, or that nobody can tell. */
interface Exposure {
  readonly isCertain: boolean;
  readonly text: string;
}

export const instanceExposure: Rule = {
  id: 'instance-exposure',
  title: 'The host of the stack has encrypted disks, no public address, and no script of its own',
  rationale:
    'A script at the start runs with the role, before anybody sees it; disks hold what Vault is about to upload; a public address is a way in.',
  reads:
    'aws_instance, aws_launch_template: user_data, associate_public_ip_address, root_block_device, ebs_block_device, block_device_mappings',
  remedy:
    'Set encrypted on every disk and associate_public_ip_address to false, and install Vault with an image or a document of Systems Manager.',
  controls: { fsbp: ['EC2.9'], nist80053r5: ['AC-3', 'AC-6', 'SC-7', 'SC-28', 'CM-7'] },
  equivalents: { checkov: ['CKV_AWS_8', 'CKV_AWS_88'], prowler: ['ec2_instance_public_ip'] },
  check: (subject) => {
    const hosts = TYPES.flatMap(subject.ofType);
    if (hosts.length > 0) return hosts.map(judge);
    return declaredKind(subject) === 'on-premises'
      ? [notApplicable('aws_instance', 'the hosts are on premises')]
      : [inherited('aws_instance', 'the stack makes no instance: whoever runs the host answers for it')];
  },
};

function judge({ address, type, arguments: given }: StackResource): Outcome {
  const found = [...scripts(given), ...addresses(given, type), ...disks(given, type)];
  const certain = found.filter(({ isCertain }) => isCertain).map(({ text }) => text);
  if (certain.length > 0) return failFor(address, certain);
  const open = found.map(({ text }) => text);
  return open.length > 0 ? doubtFor(address, open) : pass(address, 'encrypted disks, no public address, no script');
}

function scripts(given: Arguments): readonly Exposure[] {
  return ['user_data', 'user_data_base64']
    .filter((name) => (given[name] ?? '') !== '')
    .map((name) => ({ isCertain: true, text: `${name} runs with the role when the host starts` }));
}

/** A launch template says it for each interface, which is not read. */
function addresses(given: Arguments, type: string): readonly Exposure[] {
  const said = given.associate_public_ip_address;
  if (type === 'aws_launch_template' || said === false || said === 'false') return [];
  if (said === true || said === 'true') return [{ isCertain: true, text: 'it has a public address' }];
  return [{ isCertain: false, text: 'associate_public_ip_address is not false, so its subnet decides' }];
}

function disks(given: Arguments, type: string): readonly Exposure[] {
  if (type === 'aws_launch_template') {
    const mappings = blocksOf(given.block_device_mappings);
    if (mappings.state !== 'known') return [unsaid('block_device_mappings')];
    return mappings.value.flatMap(({ ebs }) => encryptionOf(ebs, 'block_device_mappings.ebs'));
  }
  const others = given.ebs_block_device === undefined ? [] : encryptionOf(given.ebs_block_device, 'ebs_block_device');
  return [...encryptionOf(given.root_block_device, 'root_block_device'), ...others];
}

function encryptionOf(value: unknown, name: string): readonly Exposure[] {
  const blocks = blocksOf(value);
  if (blocks.state !== 'known' || blocks.value.length === 0) return [unsaid(name)];
  return blocks.value.flatMap(({ encrypted }) => {
    if (encrypted === true || encrypted === 'true') return [];
    return encrypted === false || encrypted === 'false'
      ? [{ isCertain: true, text: `a disk of ${name} is not encrypted` }]
      : [unsaid(name)];
  });
}

function unsaid(name: string): Exposure {
  return { isCertain: false, text: `${name} does not say encrypted, so the account decides` };
}
