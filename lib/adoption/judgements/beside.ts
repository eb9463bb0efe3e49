import type { AdoptionItem } from '../adoption';
import type { Beside, FoundInventory, InventoryList } from '../found/found';
import { item, type Judge, whenRead } from './judgement';
import { groupInWords } from './listed-objects';

const BUCKET = 'aws_s3_bucket.backup';
const STAYS = 'the stack does not know it and leaves it as it is';

/**
 * What each setting means for backups.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html
 */
const MEANS: Readonly<Record<Beside, string>> = {
  cors: 'pages of these origins may send requests from a browser, which policies decide like any other',
  acceleration: 'requests to s3-accelerate.amazonaws.com reach the bucket too, and policies decide them like any other',
  'intelligent-tiering':
    'objects in INTELLIGENT_TIERING that nobody reads for so long are archived, and nobody reads them before a restore',
  analytics: 'S3 counts there how storage is used',
  metrics: 'CloudWatch counts requests',
};

/** Settings of the bucket that no resource of the stack is about. */
export const judgeBeside: Judge = ({ found }) => [
  ...whenRead(`${BUCKET}/acl`, found.aclGrants, (grants) =>
    grants.length === 0
      ? []
      : [
          item(`${BUCKET}/acl`, {
            verdict: 'blocks',
            was: grants.map(({ grantee, permission }) => `${permission} to ${grantee}`).join(', '),
            is: 'no access control lists',
            detail:
              'S3 does not switch access control lists off while that of the bucket grants anything to others: reset it to private first (aws s3api put-bucket-acl --acl private)',
          }),
        ],
  ),
  ...whenRead(`${BUCKET}/website`, found.bucket.isWebsite, (isWebsite) =>
    isWebsite ? [stays('website', 'on', `its endpoint speaks plain HTTP: ${STAYS}`)] : [],
  ),
  ...whenRead(`${BUCKET}/notifications`, found.notifies, (targets) =>
    targets.map((target) =>
      stays('notifications', target, 'it gets events of the bucket; the stack leaves that as it is'),
    ),
  ),
  ...whenRead(`${BUCKET}/inventory`, found.inventories, (inventories) => inventories.map(ofInventory)),
  ...whenRead(`${BUCKET}/requester-pays`, found.requestPayer, (payer) =>
    payer === 'Requester'
      ? [
          stays(
            'requester-pays',
            payer,
            `requests without x-amz-request-payer may be refused, and Vault sends none: ${STAYS}`,
          ),
        ]
      : [],
  ),
  ...(Object.keys(MEANS) as Beside[]).flatMap((word) =>
    whenRead(`${BUCKET}/${word}`, found.beside[word], (texts) =>
      texts.map((text) => stays(word, text, `${MEANS[word]}: ${STAYS}`)),
    ),
  ),
];

function ofInventory({ name, isEnabled, list: { call, answer } }: FoundInventory): AdoptionItem {
  if (!isEnabled) return stays('inventory', name, `the list is off: ${STAYS}`);
  if (!answer.ok) {
    const takes = 's3:ListBucket and s3:GetObject there, and kms:Decrypt where it is under a key';
    const detail = `the list that S3 writes there could not be read, which takes ${takes}: ${call} answered ${answer.code}: ${answer.message}`;
    return item(`${BUCKET}/inventory`, { verdict: 'unknown', was: name, is: name, detail });
  }
  if (typeof answer.value === 'string')
    return stays('inventory', name, `S3 writes a list of all objects there, and ${answer.value}; the stack leaves it`);
  return stays(
    'inventory',
    name,
    `S3 writes a list of all objects there, ${listInWords(answer.value)}; the stack leaves it`,
  );
}

function listInWords({ writtenAt, isCutOff, groups }: InventoryList): string {
  const counts = groups.map(({ count, ...group }) => `${count} ${groupInWords(group)}`).join(', ') || 'no object';
  return `of which that of ${writtenAt.toISOString().slice(0, 10)} counts ${counts}${isCutOff ? ', and more' : ''}`;
}

function stays(word: string, was: string, detail: string): AdoptionItem {
  return item(`${BUCKET}/${word}`, { verdict: 'stays', was, is: was, detail });
}
