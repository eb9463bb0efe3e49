import type { AdoptionItem } from '../adoption';
import { item, type Judge, whenRead } from './judgement';

const BUCKET = 'aws_s3_bucket.backup';
const STAYS = 'the stack does not know it and leaves it as it is';

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
  ...whenRead(`${BUCKET}/replication`, found.bucket.replicatesTo, (targets) =>
    targets.map((target) => stays('replication', target, `objects are copied there: ${STAYS}`)),
  ),
  ...whenRead(`${BUCKET}/website`, found.bucket.isWebsite, (isWebsite) =>
    isWebsite ? [stays('website', 'on', `its endpoint speaks plain HTTP: ${STAYS}`)] : [],
  ),
  ...whenRead(`${BUCKET}/notifications`, found.notifies, (targets) =>
    targets.map((target) =>
      stays('notifications', target, 'it gets events of the bucket; the stack leaves that as it is'),
    ),
  ),
  ...whenRead(`${BUCKET}/inventory`, found.inventories, (lists) =>
    lists.map((list) =>
      stays(
        'inventory',
        list,
        'S3 writes a list of all objects there, by which the sample can be checked; the stack leaves it',
      ),
    ),
  ),
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
];

function stays(word: string, was: string, detail: string): AdoptionItem {
  return item(`${BUCKET}/${word}`, { verdict: 'stays', was, is: was, detail });
}
