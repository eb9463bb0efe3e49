import { EVERYTHING } from '../../audit/rule-kit/callers';
import { mayDecrypt } from '../../audit/rule-kit/key-access';
import type { Answer } from '../../audit/stack/answer';
import type { Policy } from '../../iam';
import { dnsSuffix } from '../../policy/resource-names';
import type { Settings } from '../../verify/operator/settings/settings';
import type { AdoptionItem } from '../adoption';
import type { FoundReplication } from '../found/found';
import { item, type Judge, readValue, type Sides, whenRead } from './judgement';
import { keyPolicyOf, policyOfToday } from './readable-objects';

const ID = 'aws_s3_bucket.backup/replication';
const STAYS = 'the stack does not know it and leaves it as it is';

/** Why a rule copies no new object; `undefined` where it copies them. */
type Hindrance = string | undefined;

/**
 * Rules that copy objects: they stay, but S3 copies objects under KMS only where a rule selects them, and its role may
 * decrypt them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
export const judgeReplication: Judge = (sides) =>
  whenRead(ID, sides.found.replication, (rules) => rules.map((rule) => judgeRule(rule, sides)));

function judgeRule(rule: FoundReplication, sides: Sides): AdoptionItem {
  const { to, isEnabled } = rule;
  const stays = (detail: string) => item(ID, { verdict: 'stays', was: to, is: to, detail: `${detail}: ${STAYS}` });
  if (!isEnabled) return stays('the rule is off');
  const { found, wanted } = sides;
  const today = readValue(found.bucket.encryption) ?? {};
  const before = hindranceOf(rule, { encryption: today, sides, policyOf: (arn) => policyOfToday(arn, found) });
  const { encryption } = wanted.settings;
  const after = hindranceOf(rule, { encryption, sides, policyOf: (arn) => keyPolicyOf(arn, wanted, found) });
  if (after === undefined) return stays('objects are copied there');
  if (before !== undefined) return stays(`no object under KMS is copied there today: ${before}`);
  const detail = `new objects are no longer copied there: they are under KMS, and ${after}`;
  return item(ID, { verdict: 'loses', was: to, is: '', detail });
}

interface Encrypted {
  readonly encryption: Settings;
  readonly sides: Sides;
  readonly policyOf: (keyArn: string) => Answer<Policy>;
}

function hindranceOf({ copiesKms, role }: FoundReplication, { encryption, sides, policyOf }: Encrypted): Hindrance {
  const { SSEAlgorithm = '', KMSMasterKeyID: keyArn } = encryption;
  if (!SSEAlgorithm.startsWith('aws:kms')) return undefined;
  if (!copiesKms) return 'the rule does not select such objects (SourceSelectionCriteria.SseKmsEncryptedObjects)';
  if (keyArn === undefined || role === '') return undefined;
  const { wanted } = sides;
  const way = {
    'kms:ViaService': `s3.${wanted.region}.${dnsSuffix(wanted.environment)}`,
    'kms:EncryptionContext:aws:s3:arn': wanted.policies.bucket.arn,
  };
  // What its own policies say is nobody's here to read; they count as allowing everything.
  const reader = { address: role, arn: role, policies: [EVERYTHING], isComplete: false };
  const isLetIn = mayDecrypt(keyArn, way, { reader, keyPolicy: policyOf(keyArn) });
  return isLetIn ? undefined : `the key policy does not let its role, ${role}, decrypt them`;
}
