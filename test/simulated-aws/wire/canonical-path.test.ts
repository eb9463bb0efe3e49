import { canonicalPath, signablePaths } from '../../../lib/simulated-aws/wire/signature/canonical-request';

test.each([
  { name: 'a root', path: '/', s3: '/', others: '/' },
  { name: 'a plain path', path: '/a/b', s3: '/a/b', others: '/a/b' },
  { name: 'a path already encoded, encoded again for others', path: '/a%20b', s3: '/a%20b', others: '/a%2520b' },
  {
    name: 'characters that clients need not encode',
    path: "/(a)!*'~",
    s3: '/%28a%29%21%2A%27~',
    others: '/%28a%29%21%2A%27~',
  },
  { name: 'hexadecimal in lower case', path: '/%c3%bc', s3: '/%C3%BC', others: '/%25c3%25bc' },
  { name: 'slashes in a row', path: '//a//b//', s3: '//a//b//', others: '/a/b/' },
  { name: 'dot segments', path: '/a/./b/../c', s3: '/a/./b/../c', others: '/a/c' },
  { name: 'more steps up than there are', path: '/../..', s3: '/../..', others: '/' },
  { name: 'an encoded slash', path: '/a%2Fb', s3: '/a%2Fb', others: '/a%252Fb' },
  { name: 'a broken encoding', path: '/a%zz', s3: '/a%25zz', others: '/a%25zz' },
])('$name is signed as $s3 for S3, as $others for others', ({ path, s3, others }) => {
  expect([canonicalPath(path, 's3'), canonicalPath(path, 'kms')]).toEqual([s3, others]);
});

const control = { 'x-amz-account-id': '111122223333' };

test.each([
  { name: 'a plain key', path: '/b/a%20b', paths: ['/b/a%20b'] },
  { name: 'a key with an encoded slash', path: '/b/d/%2Fx', paths: ['/b/d/%2Fx', '/b/d//x'] },
  { name: 'a key that begins with a slash', path: '/b/%2flead', paths: ['/b/%2Flead', '/b//lead'] },
  { name: 'a key with an encoded percent sign', path: '/b/a%252Fb', paths: ['/b/a%252Fb'] },
  { name: 'a broken encoding', path: '/b/%2F%zz', paths: ['/b/%252F%25zz'] },
  { name: 'an ARN of S3 Control', path: '/v20180820/tags/a%2Fb', headers: control, paths: ['/v20180820/tags/a%2Fb'] },
  { name: 'a bucket of that name', path: '/v20180820/a%2Fb', paths: ['/v20180820/a%2Fb', '/v20180820/a/b'] },
  { name: 'a key that names an account', path: '/b/a%2Fb', headers: control, paths: ['/b/a%2Fb', '/b/a/b'] },
])('$name may be signed as $paths for S3, and in one way for others', ({ path, headers = {}, paths }) => {
  expect([signablePaths({ path, headers }, 's3'), signablePaths({ path, headers }, 'kms')]).toEqual([
    paths,
    [canonicalPath(path, 'kms')],
  ]);
});
