import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Remains } from '../../lib/verify/cleanup/list-remains';
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

const OF_BUCKET = '--expected-bucket-owner 111122223333 --region us-east-2';

test.each<{ name: string; remains: Remains; command: string }>([
  {
    name: 'an upload',
    remains: { kind: 'upload', key: 'k', uploadId: 'u' },
    command: `aws s3api abort-multipart-upload --bucket b --key k --upload-id u ${OF_BUCKET}`,
  },
  {
    name: 'uploads whose ids are not known',
    remains: { kind: 'upload', key: 'k' },
    command:
      `aws s3api list-multipart-uploads --bucket b --prefix k ${OF_BUCKET} --query 'Uploads[].[UploadId]' --output text | ` +
      `xargs -rn1 aws s3api abort-multipart-upload --bucket b --key k ${OF_BUCKET} --upload-id`,
  },
  {
    name: 'an object whose versions are not known',
    remains: { kind: 'object', key: 'k' },
    command:
      `aws s3api delete-objects --bucket b ${OF_BUCKET} --delete "$(aws s3api list-object-versions --bucket b --prefix k ` +
      `${OF_BUCKET} --query '{Objects:[Versions||\`[]\`,DeleteMarkers||\`[]\`][][].{Key:Key,VersionId:VersionId}}' --output json)"`,
  },
])('a removal command takes away $name', ({ remains, command }) => {
  const scope = { bucket: 'b', account: '111122223333' };
  expect(removalCommand({ scope, region: 'us-east-2' }, remains)).toBe(command);
});
