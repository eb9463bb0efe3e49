import { Agent, request } from 'node:http';
import { scopeText, sha256Hex, sign, signingKey } from '../../lib/simulated-aws/wire/signature/hashes';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** One request, in path style. */
export interface S3Request {
  readonly method: string;
  /** `/bucket/key`, in characters that need no encoding. */
  readonly path: string;
  /** Sorted by name. */
  readonly query?: string;
  readonly body?: Buffer;
}

export interface S3Answer {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** A client that does little beside signing, so that a bench measures the server: no XML is read, no request repeated. */
export class BenchClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(
    private readonly endpoint: string,
    private readonly credentials: Credentials,
  ) {}

  /** @throws {Error} for every answer that is no success */
  async send({ method, path, query = '', body = Buffer.alloc(0) }: S3Request): Promise<S3Answer> {
    const url = `${this.endpoint}${path}${query === '' ? '' : `?${query}`}`;
    const headers = this.signedHeaders({ method, path, query, body });
    return await new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const answer = { headers: response.headers, body: Buffer.concat(chunks) };
          if (response.statusCode === 200 || response.statusCode === 204) resolve(answer);
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer.body.toString()}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }

  private signedHeaders({ method, path, query = '', body = Buffer.alloc(0) }: S3Request): Record<string, string> {
    const signedAt = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
    const headers = {
      host: new URL(this.endpoint).host,
      'x-amz-content-sha256': sha256Hex(body),
      'x-amz-date': signedAt,
    };
    const names = Object.keys(headers).join(';');
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
    const canonical = [method, path, query, ...lines, '', names, headers['x-amz-content-sha256']].join('\n');
    const scope = { date: signedAt.slice(0, 8), region: 'us-east-1', service: 's3' };
    const text = ['AWS4-HMAC-SHA256', signedAt, scopeText(scope), sha256Hex(canonical)].join('\n');
    const signature = sign(signingKey(this.credentials.secretAccessKey, scope), text);
    const credential = `Credential=${this.credentials.accessKeyId}/${scopeText(scope)}`;
    const authorization = `AWS4-HMAC-SHA256 ${credential},SignedHeaders=${names},Signature=${signature}`;
    return { ...headers, authorization, 'content-length': String(body.length) };
  }
}
