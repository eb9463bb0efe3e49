import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { parse } from 'yaml';
import { ansibleVariables } from '../../lib/quoting/ansible-value';
import { awsConfigValue } from '../../lib/quoting/aws-config-value';
import { powershellText } from '../../lib/quoting/powershell-text';
import { shellWord } from '../../lib/quoting/shell-word';
import { systemdVariable, systemdWord } from '../../lib/quoting/systemd-word';
import { visible } from '../../lib/visible';

const AWKWARD = [
  'plain-1.acme.example',
  'two words',
  "Acme's CA",
  '"quoted" \\ and $HOME `id` $(id) %n %%',
  '; rm -rf / #',
  '{{ lookup("env", "HOME") }}',
  'größe',
  '',
];

/** The words that a shell of POSIX makes of a line. */
function wordsOfShell(line: string): readonly string[] {
  const printed = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
  return printed.split('\0').slice(0, -1);
}

test('a shell takes each text for one word, which is the text', () => {
  expect(wordsOfShell(AWKWARD.map(shellWord).join(' '))).toEqual(AWKWARD);
});

test('a shell takes any text that can be seen for one word', () => {
  const seen = fc.string({ unit: 'grapheme' }).filter((text) => visible(text) === text);
  const texts = fc.array(seen, { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(texts, (some) => expect(wordsOfShell(some.map(shellWord).join(' '))).toEqual(some)),
    { numRuns: 20 },
  );
});

test.each([
  ['plain', 'plain'],
  ['two words', '"two words"'],
  ['100%', '"100%%"'],
  ['$HOME', '"$$HOME"'],
  ['a"b\\c', '"a\\"b\\\\c"'],
  ["Acme's CA", '"Acme\'s CA"'],
  [';', '";"'],
])('systemd takes %j as an argument from %s', (text, written) => {
  expect(systemdWord(text)).toBe(written);
});

test.each([
  ['us-east-2', '"NAME=us-east-2"'],
  ['100% $HOME', '"NAME=100%% $HOME"'],
  ['a"b\\c', '"NAME=a\\"b\\\\c"'],
])('systemd takes %j as the value of a variable from %s', (value, written) => {
  expect(systemdVariable('NAME', value)).toBe(written);
});

test.each([
  ["it's", "'it''s'"],
  ['$env:HOME `n "x"', '\'$env:HOME `n "x"\''],
  ['a\u2019b', "'a\u2019\u2019b'"],
])('PowerShell takes %j from %s', (text, written) => {
  expect(powershellText(text)).toBe(written);
});

test.each(['a b', 'a#b', "'a b' --c"])('the AWS configuration takes %j as it is', (text) => {
  expect(awsConfigValue(text)).toBe(text);
});

test.each(['', ' a', 'a ', 'a #b', 'a ;b'])('the AWS configuration does not hold %j', (text) => {
  expect(() => awsConfigValue(text)).toThrow('a value of the AWS configuration must not be empty');
});

test('Ansible takes each text for what it is, and none for a template', () => {
  const variables = { first: AWKWARD, second: 'no: yes' };
  const text = ansibleVariables(variables);
  const unsafe = { tag: '!unsafe', resolve: (value: string) => value };
  expect(parse(text, { customTags: [unsafe] })).toEqual(variables);
  expect(text.match(/!unsafe "/g)).toHaveLength(AWKWARD.length + 1);
});

test.each([
  ['a shell', shellWord],
  ['systemd', systemdWord],
  ['a variable of systemd', (text: string) => systemdVariable('NAME', text)],
  ['the AWS configuration', awsConfigValue],
  ['PowerShell', powershellText],
])('a line break never gets into the text for %s', (_for, quote) => {
  for (const text of ['a\nb', 'a\rb', 'a\0b', 'a\u202eb']) expect(() => quote(text)).toThrow('must be one line');
});
