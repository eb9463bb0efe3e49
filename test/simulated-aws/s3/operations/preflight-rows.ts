import { type Sent, xml } from './row';

const rule = (content: string): Sent => ({
  request: 'PUT /acme?cors',
  body: xml('CORSConfiguration', `<CORSRule>${content}</CORSRule>`),
});
const named = rule(
  '<AllowedOrigin>https://*.example</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod><AllowedHeader>X-Amz-*</AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>60</MaxAgeSeconds>',
);
const anyone = rule('<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>');
const vary = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';
const origin = 'https://a.example';
const asked = { origin, 'access-control-request-method': 'GET' };

/** A browser's request, and the headers of the answer. */
export const preflightSuccess = [
  {
    when: 'a named origin may send credentials',
    given: named,
    asked: { ...asked, 'access-control-request-headers': 'X-Amz-Date,x-amz-content-sha256' },
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'x-amz-date, x-amz-content-sha256',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '60',
      'access-control-allow-credentials': 'true',
      vary,
    },
  },
  {
    when: 'anyone may ask without credentials',
    given: anyone,
    asked,
    headers: { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET', vary },
  },
] as const;

const notAllowed =
  "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
const forbidden = { code: 'AccessForbidden', status: 403, fields: ['Method', 'ResourceType'] } as const;
const bad = { code: 'BadRequest', status: 400, fields: ['Resource'] } as const;

export const preflightErrors = [
  {
    when: 'it names no origin',
    request: 'OPTIONS /acme/k',
    headers: {},
    given: [named],
    message: 'Insufficient information. Origin request header needed.',
    ...bad,
  },
  {
    when: 'it asks for no method',
    request: 'OPTIONS /acme/k',
    headers: { origin },
    given: [named],
    message: 'Invalid Access-Control-Request-Method: null',
    ...bad,
  },
  {
    when: 'the bucket is not there',
    request: 'OPTIONS /nowhere/k',
    headers: asked,
    given: [],
    message: 'CORSResponse: Bucket not found',
    ...forbidden,
  },
  {
    when: 'the bucket has no rules',
    request: 'OPTIONS /acme/k',
    headers: asked,
    given: [],
    message: 'CORSResponse: CORS is not enabled for this bucket.',
    ...forbidden,
  },
  ...[
    ['the origin is not allowed', { ...asked, origin: 'https://a.example/' }],
    ['the method is not allowed', { ...asked, 'access-control-request-method': 'DELETE' }],
    ['a header is not allowed', { ...asked, 'access-control-request-headers': 'x-amz-date, authorization' }],
  ].map(([when, headers]) => ({
    when: when as string,
    request: 'OPTIONS /acme/k',
    headers: headers as Readonly<Record<string, string>>,
    given: [named],
    message: notAllowed,
    ...forbidden,
  })),
];
