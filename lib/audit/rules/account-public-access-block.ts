import { inherited } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { checkSettings } from '../rule-kit/settings';

const TYPE = 'aws_s3_account_public_access_block';
const FLAGS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

export const accountPublicAccessBlock: Rule = {
  id: 'account-public-access-block',
  title: 'The account blocks public access in all four ways',
  rationale: 'It holds for buckets that nobody has thought of yet.',
  reads: `${TYPE}: ${FLAGS.join(', ')}`,
  remedy: 'Ask the owner of the account to set all four flags.',
  controls: {
    fsbp: ['S3.1'],
    cisV3: ['2.1.4'],
    cisV5: ['2.1.4'],
    nist80053r5: ['AC-3', 'AC-4', 'AC-6', 'AC-21', 'SC-7'],
    pciDss401: ['1.4.4'],
  },
  equivalents: { prowler: ['s3_account_level_public_access_blocks'] },
  check: (subject) => {
    const blocks = subject.ofType(TYPE);
    if (blocks.length === 0) return [inherited(TYPE, 'the owner of the account answers for it')];
    const settings = FLAGS.map((path) => ({ path, oneOf: ['true'], byDefault: 'false' }));
    return blocks.map((block) => checkSettings(block, settings, subject));
  },
};
