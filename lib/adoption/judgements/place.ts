import type { AdoptionItem } from '../adoption';
import { item, type Judge } from './judgement';

const BUCKET = 'aws_s3_bucket.backup';

/** S3's codes for a bucket that is in another region than the endpoint that was asked. */
const ELSEWHERE: readonly string[] = [
  'PermanentRedirect',
  'IllegalLocationConstraintException',
  'AuthorizationHeaderMalformed',
];

/** A region or an owner that is not the file's, and a role that would have to be another one. */
export const judgePlace: Judge = ({ found, wanted }) => {
  const { answer } = found.bucket.region;
  const { region, account, environment } = wanted;
  const role = found.role.answer.ok ? found.role.answer.value : undefined;
  const items: AdoptionItem[] = [];
  if (answer.ok && answer.value !== region)
    items.push(
      blocked(`${BUCKET}/region`, answer.value, region, 'a bucket cannot move: region has to be that of the bucket'),
    );
  if (!answer.ok && ELSEWHERE.includes(answer.code))
    items.push(blocked(`${BUCKET}/region`, 'another region', region, `${answer.code}: ${answer.message}`));
  if (!answer.ok && answer.status === 403)
    items.push(
      blocked(
        `${BUCKET}/owner`,
        'not to be read',
        account,
        `either account ${account} does not own the bucket, or the operator may not read it`,
      ),
    );
  const path = role?.settings.Path;
  if (wanted.adopt.includes('role') && path !== undefined && path !== environment.rolePath)
    items.push({
      ...blocked(
        'aws_iam_role.vault/path',
        path,
        environment.rolePath,
        'IAM cannot move a role: Terraform would make another one',
      ),
      keep: { rolePath: path },
    });
  return items;
};

function blocked(id: string, was: string, is: string, detail: string): AdoptionItem {
  return item(id, { verdict: 'blocks', was, is, detail });
}
