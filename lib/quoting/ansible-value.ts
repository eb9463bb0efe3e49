import { Document, isScalar, Scalar, visit } from 'yaml';

/**
 * A value as YAML that Ansible takes as it is: what looks like a template in it is none.
 *
 * @see https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_advanced_syntax.html#unsafe-or-raw-strings
 */
export function ansibleVariables(variables: Readonly<Record<string, string | readonly string[]>>): string {
  const document = new Document(variables);
  visit(document.contents, {
    Scalar: (key, node) => {
      if (key === 'key' || !isScalar(node)) return;
      node.tag = '!unsafe';
      node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0 });
}
