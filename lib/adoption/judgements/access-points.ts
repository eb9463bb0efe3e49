import type { Read } from '../../verify/operator/live/read';
import type { AdoptionItem } from '../adoption';
import type { FoundAccessPoint } from '../found/found';
import { item, type Judge } from './judgement';
import { statementsThatGo } from './statements';

const ADDRESS = 'aws_s3_bucket.backup/access-point';

/**
 * Condition keys by which a bucket policy leaves it to an access point who gets in.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
const OF_ACCESS_POINTS = /"s3:(?:DataAccessPointArn|DataAccessPointAccount|AccessPointNetworkOrigin)":/i;

/**
 * Access points: the stack knows none of them. A request through one needs the leave of the bucket too, so that one lets
 * in whom the bucket policy leaves to it, and that ends with its statement.
 */
export const judgeAccessPoints: Judge = (sides) => {
  const { accessPoints, bucket } = sides.found;
  if (!accessPoints.answer.ok) return [unknown(ADDRESS, accessPoints, 's3:ListAccessPoints')];
  const delegating = statementsThatGo(sides)
    .filter(({ statement }) => statement.Effect === 'Allow' && OF_ACCESS_POINTS.test(JSON.stringify(statement)))
    .map(({ sid }) => sid);
  return accessPoints.answer.value.map((one) =>
    bucket.policy.answer.ok
      ? toItem(one, delegating)
      : unknown(`${ADDRESS}/${one.name}`, bucket.policy, 's3:GetBucketPolicy'),
  );
};

function unknown(id: string, { call, answer }: Read<unknown>, permission: string): AdoptionItem {
  const said = answer.ok ? '' : `${call} answered ${answer.code}: ${answer.message}`;
  const detail = `who gets in through access points could not be read, which takes ${permission}: ${said}`;
  return item(id, { verdict: 'unknown', detail });
}

function toItem({ name, vpcId }: FoundAccessPoint, delegating: readonly string[]): AdoptionItem {
  const id = `${ADDRESS}/${name}`;
  const was = vpcId === undefined ? 'takes requests from the internet' : `takes requests from ${vpcId} alone`;
  if (delegating.length === 0) {
    const detail = 'no statement that goes leaves access to it: the stack does not know it and leaves it as it is';
    return item(id, { verdict: 'stays', was, is: was, detail });
  }
  const statements = delegating.map((sid) => `'${sid}'`).join(', ');
  const detail = `whomever its own policy lets in gets in by ${statements} of the bucket policy, which goes`;
  return item(id, { verdict: 'locks-out', was, is: 'lets in whom the bucket policy lets in', detail });
}
