import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';

/** The body of an answer; of one without an end, what comes first. */
export async function textOf(response: http.IncomingMessage): Promise<string> {
  const endless = response.headers['content-type']?.startsWith('text/event-stream') ?? false;
  if (!endless || response.headers['content-length'] !== undefined) return text(response);
  const [first] = (await once(response, 'data')) as [Buffer];
  response.destroy();
  return first.toString();
}

export interface Told {
  id: string;
  event: string;
  data: Record<string, unknown>;
}

export interface StreamReader {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** All that came so far, comments included. */
  raw(): string;
  messages(): Told[];
  of(event: string): Record<string, unknown>[];
  /** Resolves with the messages as soon as they satisfy. */
  once(satisfies: (messages: Told[]) => boolean): Promise<Told[]>;
  /** Resolves when the server has ended or cut it. */
  ended: Promise<void>;
  /** Reads no further until `resume`. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** Reads `/api/v1/stream` as a client that shows what comes. */
export async function readStream(
  url: string,
  headers: http.OutgoingHttpHeaders,
  path = '/api/v1/stream',
): Promise<StreamReader> {
  const request = http.get(url + path, { headers, agent: false });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const chunks: string[] = [];
  let rest = '';
  const messages: Told[] = [];
  const waiting = new Set<() => void>();
  response.setEncoding('utf8').on('data', (chunk: string) => {
    chunks.push(chunk);
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    messages.push(...blocks.flatMap(parseMessage));
    for (const look of [...waiting]) look();
  });
  response.on('error', () => {});
  const ended = new Promise<void>((resolve) => response.on('close', resolve));
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    raw: () => chunks.join(''),
    messages: () => messages,
    of: (event) => messages.filter((one) => one.event === event).map(({ data }) => data),
    once: (satisfies) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!satisfies(messages)) return;
          waiting.delete(look);
          resolve(messages);
        };
        waiting.add(look);
        ended.then(() => reject(new Error(`it ended after ${JSON.stringify(messages).slice(-2_000)}`)));
        look();
      }),
    ended,
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    close: () => void request.destroy(),
  };
}

function parseMessage(block: string): Told[] {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  ) as { id?: string; event?: string; data?: string };
  if (fields.data === undefined) return [];
  return [{ id: fields.id ?? '', event: fields.event ?? '', data: JSON.parse(fields.data) as Told['data'] }];
}
