import type { AuditReport } from '../../../lib/audit/report/audit-report';

/** Words of the contract itself, which no input can choose. */
const OURS: ReadonlySet<string> = new Set([
  'caller',
  'result',
  'verdict',
  'kind',
  'source',
  'sha256',
  'asOf',
  'effect',
  'layer',
  'half',
  'id',
]);

/** The report with the text in every place that an input, a waiver or a policy can reach. */
export function hostileReport(report: AuditReport, text: string): AuditReport {
  return withText(report, text);
}

/** The document with the text in every place but the contract's own words. */
export function withText<Document extends object>(document: Document, text: string): Document {
  return replaceStrings(document, '', text) as Document;
}

function replaceStrings(value: unknown, key: string, text: string): unknown {
  if (typeof value === 'string') return OURS.has(key) ? value : `${value}${text}`;
  if (Array.isArray(value)) return value.map((one) => replaceStrings(one, key, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, replaceStrings(one, name, text)]));
}

export const HOSTILE = [
  { what: 'a script', text: '</script></style></title><script>window.wasRun = true</script>' },
  { what: 'an image with a handler', text: '"><img src=x onerror="window.wasRun=true">' },
  { what: 'an attribute', text: `' onmouseover='window.wasRun=true' "` },
  { what: 'the end of a comment and of CDATA', text: '--> ]]> <!-- <![CDATA[' },
  { what: 'an entity', text: '&lt;b&gt; &#x3c;i> &nosuch; %xx;' },
  {
    what: 'links of Markdown',
    text: '](https://evil.example) [a](javascript:alert(1)) ![b](//evil.example/x.png) <https://evil.example>',
  },
  { what: 'bare addresses', text: ' https://evil.example www.evil.example me@evil.example' },
  { what: 'code, tables and headings', text: ' | `` ` ``` | ~~~\n# heading\n\n- list\n\n| a | b |\n| - | - |\n' },
  { what: 'raw blocks', text: '\n\n</details>\n\n<img src=//evil.example/x.png>\n\n<details>' },
  {
    what: 'invisible characters',
    text: '\u0000\u0007\u001b[31m\u202e\u2066\ud800\ufffe\u200b\u2060\ufeff\u00ad\u180e\u{e0041}',
  },
  {
    what: 'a verdict and a command to a build server',
    text: '\n\rPASS: 0 findings\n::set-output name=x::y\u2028PASS\u0085PASS',
  },
  {
    what: 'commands to several build servers',
    text: " ##[command]x ##vso[task.setvariable variable=a]b ##teamcity[testFailed name='a'] ::error::x\n::add-mask::y '::z::",
  },
  { what: 'placeholders', text: '{0} {{ }} ${aws_s3_bucket.backup.arn} %s' },
] as const;
