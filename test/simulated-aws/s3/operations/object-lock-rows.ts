import { lockable } from './given';
import { type ErrorRow, rowsOf, type Sent, type SuccessRow, xml } from './row';

function lock(period: string): Sent {
  const retention = `<DefaultRetention><Mode>GOVERNANCE</Mode>${period}</DefaultRetention>`;
  return {
    request: 'PUT /locked?object-lock',
    body: xml('ObjectLockConfiguration', `<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>${retention}</Rule>`),
  };
}

const tooLong = {
  code: 'InvalidArgument',
  status: 400,
  fields: ['ArgumentName', 'ArgumentValue'],
  given: [lockable],
};

export const objectLockSuccesses: readonly SuccessRow[] = ['<Days>36500</Days>', '<Years>100</Years>'].flatMap(
  (period) =>
    rowsOf('PutObjectLockConfiguration', {
      ...lock(period),
      status: 200,
      needs: ['s3:PutBucketObjectLockConfiguration'],
      given: [lockable],
    }),
);

export const objectLockErrors: readonly ErrorRow[] = rowsOf<Omit<ErrorRow, 'operation'>>(
  'PutObjectLockConfiguration',
  { when: 'it holds objects for more than a hundred years, in days', ...lock('<Days>36501</Days>'), ...tooLong },
  { when: 'it holds objects for more than a hundred years', ...lock('<Years>101</Years>'), ...tooLong },
);
