import { AwsError } from '../../../lib/simulated-aws/wire/http/aws-error';
import { readXml, writeXml } from '../../../lib/simulated-aws/wire/xml/xml';

const leaf = (name: string, text: string) => ({ name, attributes: {}, children: [], text });

describe('reading XML', () => {
  test.each([
    { name: 'an empty element', xml: '<a/>', expected: leaf('a', '') },
    { name: 'white space inside text', xml: '<a> b\n</a>', expected: leaf('a', ' b\n') },
    { name: 'numbers as text', xml: '<a>007</a>', expected: leaf('a', '007') },
    {
      name: 'character data that looks like markup',
      xml: '<a><![CDATA[<b>&amp;]]></a>',
      expected: leaf('a', '<b>&amp;'),
    },
    {
      name: 'predefined entities and character references',
      xml: '<a>&lt;&amp;&gt;&quot;&apos;&#13;&#x1F600;</a>',
      expected: leaf('a', '<&>"\'\r😀'),
    },
    { name: 'an unknown entity as it stands', xml: '<a>&nbsp;&#x110000;</a>', expected: leaf('a', '&nbsp;&#x110000;') },
    {
      name: 'attributes, declarations and comments',
      xml: '<?xml version="1.0"?>\n<!-- c --><a xmlns="urn:x" b="1&amp;2"><c>1</c><d/><c>2</c></a>',
      expected: {
        name: 'a',
        attributes: { xmlns: 'urn:x', b: '1&2' },
        children: [leaf('c', '1'), leaf('d', ''), leaf('c', '2')],
        text: '',
      },
    },
  ])('keeps $name', ({ xml, expected }) => {
    expect(readXml(Buffer.from(xml))).toEqual(expected);
  });

  test.each([
    { name: 'nothing', xml: '' },
    { name: 'text alone', xml: 'a' },
    { name: 'an element that is not closed', xml: '<a>' },
    { name: 'elements that cross', xml: '<a><b></a></b>' },
    { name: 'two roots', xml: '<a/><b/>' },
    { name: 'a document type', xml: '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>' },
    { name: 'endlessly nested elements', xml: `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}` },
  ])('rejects $name', ({ xml }) => {
    expect(() => readXml(xml)).toThrow(expect.objectContaining({ status: 400, code: 'MalformedXML' }));
    expect(() => readXml(xml)).toThrow(AwsError);
  });

  test('rejects text longer than any document', () => {
    const xml = `<a>${' '.repeat(8 * 2 ** 20)}</a>`;
    expect(() => readXml(xml)).toThrow(
      expect.objectContaining({
        status: 400,
        code: 'MaxMessageLengthExceeded',
        fields: { MaxMessageLengthBytes: '8388608' },
      }),
    );
  });
});

test('writes lists as repeated elements, and leaves out undefined values', () => {
  const content = {
    Item: [{ Key: 'a' }, { Key: '<&">\r' }],
    Count: 2,
    IsTruncated: false,
    Marker: undefined,
    Empty: {},
  };
  expect(writeXml('Result', content, 'urn:x')).toBe(
    '<Result xmlns="urn:x"><Item><Key>a</Key></Item><Item><Key>&lt;&amp;&quot;&gt;&#13;</Key></Item><Count>2</Count><IsTruncated>false</IsTruncated><Empty></Empty></Result>',
  );
});

test.each([
  ['\u0000', '&#x0;'],
  ['\u0001', '&#x1;'],
  ['\u0004', '&#x4;'],
  ['\u0007', '&#x7;'],
  ['\b', '&#x8;'],
  ['\u000b', '&#xb;'],
  ['\f', '&#xc;'],
  ['\u000e', '&#xe;'],
  ['\u001b', '&#x1b;'],
  ['\u001f', '&#x1f;'],
  ['\t', '\t'],
  ['\n', '\n'],
  ['\u0080', '\u0080'],
])('writes %j as S3 does, which a lenient parser reads back', (character, written) => {
  const xml = writeXml('Key', { Key: `a${character}b` });
  expect(xml).toBe(`<Key><Key>a${written}b</Key></Key>`);
  expect(readXml(Buffer.from(xml)).children).toEqual([leaf('Key', `a${character}b`)]);
});
