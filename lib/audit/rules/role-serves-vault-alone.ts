import { nameOf } from '../../arn';
import { failFor } from '../rule-kit/gathered';
import { describeAnswer, inherited, notApplicable } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';
import type { RoleSubject, Subject } from '../subject/subject';

export const roleServesVaultAlone: Rule = {
  id: 'role-serves-vault-alone',
  title: 'The role serves the Vault hosts of this environment alone',
  rationale:
    'Whatever else has the role reaches the backups too; a role that a vendor shares between customers lets each of them in.',
  reads: 'output.backup_environment: host, aws.roleArn; aws_iam_role_policy_attachment: role',
  remedy: "Have the role's owner state in writing which hosts have it, and that no other customer does.",
  controls: { cisV3: ['1.18'], cisV5: ['1.17'], nist80053r5: ['AC-2', 'AC-3', 'AC-6', 'SA-9'] },
  check: (subject) => subject.roles.map((role) => check(role, subject)),
};

function check({ resource, exists, arn, foreignAccount }: RoleSubject, { ofType, read }: Subject): Outcome {
  if (!exists) return notApplicable(resource.address, 'the stack makes the role, and says whom it trusts');
  const roleArn = arn.state === 'known' ? arn.value : '';
  const name = nameOf(roleArn);
  const others = ofType('aws_iam_role_policy_attachment').filter((attachment) => {
    const role = read(attachment, 'role');
    return foreignAccount !== undefined || role.state !== 'known' || role.value !== name;
  });
  if (others.length > 0) {
    const text = `${others.map(({ address }) => address).join(', ')} may give the policies to another role than ${name}`;
    const given = others.map((one) => [describeAnswer(read(one, 'role')), describeAnswer(read(one, 'policy_arn'))]);
    return failFor(resource.address, [{ text, whole: `${text}: ${JSON.stringify(given)}` }]);
  }
  const owner = foreignAccount === undefined ? 'its owner' : `account ${foreignAccount}, whose it is,`;
  const detail = `${roleArn} exists already: ${owner} answers for what else has it, and for what else it may do`;
  return inherited(resource.address, detail);
}
