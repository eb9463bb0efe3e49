import { fitLines, fitTable } from '../../lib/fit-text';

const fit = (text: string) => fitLines(text, 30).split('\n');

test.each([
  { what: 'a short line stays', text: 'one two', lines: ['one two'] },
  {
    what: 'what continues stands two further in',
    text: '  one two three four five six seven',
    lines: ['  one two three four five six', '    seven'],
  },
  {
    what: 'what continues stands below the text beside a label',
    text: '  because  one two three four five six',
    lines: ['  because  one two three four', '           five six'],
  },
  {
    what: 'a word too long to stand beside its label stands below it',
    text: '  at  aws_s3_bucket_policy.backup/statement/1',
    lines: ['  at', '    aws_s3_bucket_policy.backup/statement/1'],
  },
  { what: 'a word longer than a line stays whole', text: 'x'.repeat(40), lines: ['x'.repeat(40)] },
  {
    what: 'a command stays whole',
    text: '  terraform -chdir=cdktf.out/stacks/acme apply',
    lines: ['  terraform -chdir=cdktf.out/stacks/acme apply'],
  },
  {
    what: 'colours take no room',
    text: '\u001b[32mone two three four five six se\u001b[39m',
    lines: ['\u001b[32mone two three four five six se\u001b[39m'],
  },
])('$what', ({ text, lines }) => {
  expect(fit(text)).toEqual(lines);
});

const ROWS = [
  ['acme', 'us-east-2', 'pass'],
  ['zenith', 'must have a bucket'],
];

test('a table that fits is one', () => {
  expect(fitTable(['name', 'region', 'audit'], ROWS, 30)).toEqual([
    'name  region     audit',
    'acme  us-east-2  pass',
    'zenith  must have a bucket',
  ]);
});

test('a table that does not fit is a paragraph for each row', () => {
  expect(fitTable(['name', 'region', 'audit'], ROWS, 20)).toEqual([
    'acme',
    '    region  us-east-2',
    '    audit   pass',
    'zenith',
    '    must have a bucket',
  ]);
});
