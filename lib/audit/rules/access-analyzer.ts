import { inherited, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

const TYPE = 'aws_accessanalyzer_analyzer';

export const accessAnalyzer: Rule = {
  id: 'access-analyzer',
  title: 'IAM Access Analyzer watches the account',
  rationale: 'It reports access from outside that somebody else grants later.',
  reads: TYPE,
  remedy: 'Ask the owner of the account to turn an analyzer on in every Region.',
  controls: { cisV3: ['1.20'], cisV5: ['1.19'], nist80053r5: ['AC-6', 'CA-7'] },
  check: ({ ofType }) => {
    const [analyzer] = ofType(TYPE);
    if (analyzer !== undefined) return [pass(analyzer.address, 'the stack turns one on')];
    return [inherited(TYPE, 'the owner of the account answers for it')];
  },
};
