import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removalCommand } from '../../lib/verify/cleanup/removal-command';

const SHELL_TEXT = `a$(id>&2)\`id\`;b 'c' "d" \\\\ *`;

/** The words that a shell hands to the AWS CLI. */
function wordsOf(command: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'removal-command-'));
  writeFileSync(join(folder, 'aws'), '#!/bin/sh\nfor word do printf "%s\\0" "$word"; done\n', { mode: 0o755 });
  const env = { PATH: `${folder}:${process.env.PATH}` };
  return execFileSync('/bin/sh', ['-c', command], { env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

test.each([
  { name: 'shell text', text: SHELL_TEXT },
  { name: 'an option', text: '--endpoint-url=https://example.com' },
  { name: 'terminal escapes', text: 'x\u001b]0;pwn\u0007\u001b[2J%s\\\\' },
  { name: 'a mark that reverses the text direction', text: 'abc\u202egnp' },
])('a removal command passes $name on unchanged, and shows every character', ({ text }) => {
  const scope = { bucket: text, account: text };
  const command = removalCommand({ scope, region: text }, { kind: 'version', key: text, versionId: text });
  expect(command).toMatch(/^[^\p{Cc}\p{Cf}]+$/u);
  expect(wordsOf(command)).toEqual([
    's3api',
    'delete-object',
    '--bucket',
    text,
    '--key',
    text,
    '--version-id',
    text,
    '--expected-bucket-owner',
    text,
    '--region',
    text,
  ]);
});
