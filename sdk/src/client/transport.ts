import { LatchhookError } from './error.js';
import { readMessages, type StreamMessage } from './stream.js';

export interface ServerOptions {
  /** Of the server; a path is kept: `https://building.example/latchhook`. */
  baseUrl: string;
  /** Default: the platform's. */
  fetch?: typeof globalThis.fetch;
}

/** One of these says who is asking; with name and password the client logs in, and again when it must. */
export type Credentials = { token: string } | { apiKey: string } | { username: string; password: string };

export type ClientOptions = ServerOptions & Credentials;

export interface CallOptions {
  signal?: AbortSignal;
  /** Besides those of the client, for example `Idempotency-Key`. */
  headers?: Record<string, string>;
}

interface Given {
  body?: unknown;
  query?: object;
  options: CallOptions;
  /** Default: JSON. */
  accept?: string;
}

/** What the calls of the client go through. */
export class Transport {
  readonly #baseUrl: string;
  readonly #fetch: typeof globalThis.fetch;
  readonly #password: { username: string; password: string } | null;
  /** A log-in under way is shared by all calls that wait for it. */
  #token: Promise<string> | null;

  constructor(options: ClientOptions) {
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '');
    // Browsers refuse a fetch that is called as a method of something else.
    const { fetch = globalThis.fetch } = options;
    this.#fetch = (input, init) => fetch(input, init);
    this.#password =
      'username' in options ? { username: options.username, password: options.password } : null;
    const fixed = 'token' in options ? options.token : 'apiKey' in options ? options.apiKey : null;
    this.#token = fixed === null ? null : Promise.resolve(fixed);
  }

  /**
   * Follows what happens. `GET /api/v1/stream`
   *
   * It ends without an error when the server or the connection ends it; then connect again after a moment, with
   * the `id` of the last message as `lastEventId`, and `hello` says how many were missed. Aborting `signal` or
   * leaving the loop ends it too. Lists have everything that was not told.
   *
   * @throws LatchhookError when the server refuses; what `fetch` throws when it is not reached, or aborted
   */
  async *stream(
    options: CallOptions & { lastEventId?: string } = {},
  ): AsyncGenerator<StreamMessage, void, undefined> {
    const { lastEventId, headers = {} } = options;
    const path = '/api/v1/stream';
    const response = await this.#answer('GET', path, {
      accept: 'text/event-stream',
      options: {
        ...options,
        headers: lastEventId === undefined ? headers : { ...headers, 'Last-Event-ID': lastEventId },
      },
    });
    if (!response.ok) await read(response, 'GET', path);
    if (response.body) yield* readMessages(response.body, options.signal);
  }

  /** @throws LatchhookError when the server refuses; what `fetch` throws when it is not reached, or aborted */
  protected async request<Answer>(method: string, path: string, given: Given): Promise<Answer> {
    return read(await this.#answer(method, path, given), method, path);
  }

  /** Logs in where it must, and once more where the log-in has ended. */
  async #answer(method: string, path: string, given: Given): Promise<Response> {
    const token = this.#currentToken();
    const response = await this.#send(method, path, given, await abortable(token, given.options.signal));
    if (response.status !== 401 || this.#password === null) return response;
    await response.body?.cancel();
    // Unless another call has done so meanwhile.
    if (this.#token === token) this.#token = null;
    const fresh = await abortable(this.#currentToken(), given.options.signal);
    return this.#send(method, path, given, fresh);
  }

  #currentToken(): Promise<string> {
    this.#token ??= this.#logIn().catch((error: unknown) => {
      this.#token = null;
      throw error;
    });
    return this.#token;
  }

  async #logIn(): Promise<string> {
    const path = '/api/v1/login';
    const response = await this.#send('POST', path, { body: this.#password, options: {} }, null);
    return (await read<{ token: string }>(response, 'POST', path)).token;
  }

  #send(method: string, path: string, given: Given, token: string | null): Promise<Response> {
    const { body, query, options } = given;
    const headers = new Headers(options.headers);
    headers.set('accept', given.accept ?? 'application/json');
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    if (body !== undefined) headers.set('content-type', 'application/json');
    return this.#fetch(this.#baseUrl + path + queryText(query ?? {}), {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
      // No cookies are needed, and a redirect would carry the credentials elsewhere.
      credentials: 'omit',
      redirect: 'error',
    });
  }
}

/** A call that is aborted does not wait for a log-in that others may still want. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function queryText(query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

async function read<Answer>(response: Response, method: string, path: string): Promise<Answer> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as Answer;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  throw new LatchhookError({
    status: response.status,
    text: refusalText(text) ?? response.statusText,
    method,
    path,
    retryAfter: Number.isFinite(seconds) ? seconds : null,
  });
}

/** A proxy in between may answer otherwise. */
function refusalText(text: string): string | null {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'string' ? error : null;
  } catch {
    return null;
  }
}
