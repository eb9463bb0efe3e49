import { canonicalPath } from '../../../lib/simulated-aws/wire/signature/canonical-path';

test.each([
  { name: 'a root', path: '/', s3: '/', others: '/' },
  { name: 'a plain path', path: '/a/b', s3: '/a/b', others: '/a/b' },
  { name: 'what is encoded already, once more for others', path: '/a%20b', s3: '/a%20b', others: '/a%2520b' },
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
