import { type QueryOperation, queryService } from '../../lib/simulated-aws/service/query-service';
import type { Call } from '../../lib/simulated-aws/service/service';
import { AwsError } from '../../lib/simulated-aws/wire/http/aws-error';
import type { WireRequest } from '../../lib/simulated-aws/wire/http/message';

const service = queryService({
  name: 'iam',
  version: '2010-05-08',
  namespace: 'urn:iam',
  operations: new Map<string, QueryOperation>([
    ['Echo', { parameters: ['Text', 'Tags.member.N.Key'], run: (_call, form) => ({ Text: form.get('Text') ?? '' }) }],
    ['Forget', { parameters: [], run: () => undefined }],
  ]),
});

function form(body: string, queryText = ''): WireRequest {
  return {
    method: 'POST',
    path: '/',
    query: new Map(new URLSearchParams(queryText)),
    headers: {},
    body: Buffer.from(body),
    trailers: {},
    isSecure: true,
    sourceIp: '127.0.0.1',
    receivedAt: new Date(0),
    requestId: 'id',
  };
}

function answer(request: WireRequest) {
  return service.route(request).run({ request } as Call);
}

test.each([
  {
    name: 'a result',
    request: form('Action=Echo&Version=2010-05-08&Text=a+b%26%3C&Tags.member.1.Key=k&Tags.member.12.Key=l'),
    body: '<EchoResponse xmlns="urn:iam"><EchoResult><Text>a b&amp;&lt;</Text></EchoResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></EchoResponse>',
  },
  {
    name: 'its request id alone, when there is no result',
    request: form('Action=Forget&Version=2010-05-08'),
    body: '<ForgetResponse xmlns="urn:iam"><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></ForgetResponse>',
  },
  {
    name: 'a result, even when a list has no members',
    request: form('Action=Echo&Version=2010-05-08&Text=t&Tags='),
    body: '<EchoResponse xmlns="urn:iam"><EchoResult><Text>t</Text></EchoResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></EchoResponse>',
  },
  {
    name: 'the form in the query, with its signature',
    request: form('', 'Action=Echo&Version=2010-05-08&Text=q&X-Amz-Signature=f'),
    body: '<EchoResponse xmlns="urn:iam"><EchoResult><Text>q</Text></EchoResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></EchoResponse>',
  },
])('answers with $name', ({ request, body }) => {
  expect(answer(request)).toEqual({ status: 200, headers: { 'content-type': 'text/xml' }, body });
});

test.each([
  { name: 'no action', body: 'Version=2010-05-08', code: 'MissingAction', message: 'Action' },
  { name: 'another action', body: 'Action=Other&Version=2010-05-08', code: 'NotImplemented', message: 'iam:Other' },
  { name: 'another version', body: 'Action=Echo&Version=2011-01-01', code: 'NotImplemented', message: '2011-01-01' },
  {
    name: 'another parameter',
    body: 'Action=Echo&Version=2010-05-08&More=1',
    code: 'NotImplemented',
    message: "'More'",
  },
  {
    name: 'a list where none is taken',
    body: 'Action=Echo&Version=2010-05-08&Tags.member.1.Value=1',
    code: 'NotImplemented',
    message: "'Tags.member.1.Value'",
  },
  { name: 'a broken form', body: 'Action=%', code: 'MalformedQueryString', message: 'form' },
])('refuses $name by name', ({ body, code, message }) => {
  expect(() => service.route(form(body))).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});

test.each([
  { status: 404, type: 'Sender' },
  { status: 500, type: 'Receiver' },
])('says whose fault $status was', ({ status, type }) => {
  expect(service.renderError(new AwsError(status, 'Code', '<why>'), form(''))).toEqual({
    status,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse xmlns="urn:iam"><Error><Type>${type}</Type><Code>Code</Code><Message>&lt;why&gt;</Message></Error><RequestId>id</RequestId></ErrorResponse>`,
  });
});
