import { LatchhookClient } from '@latchhook/sdk/client';
import { useMemo } from 'react';
import { SERVER_URL } from '../base.js';
import { objectsAsText } from '../readable/json-text.js';
import { useSession } from '../session/session.js';
import { watchedFetch } from './connection.js';

/** What an event's `data` is here: its text, digit for digit. */
export type Exact<T> = T extends (infer Item)[]
  ? Exact<Item>[]
  : T extends object
    ? { [K in keyof T]: K extends 'data' | 'model' ? string : Exact<T[K]> }
    : T;

/** The API, for answers whose member `name` is the data of events: read them as `Exact`. */
export function useExactApi(name: 'data' | 'model'): LatchhookClient {
  const token = useSession()?.token ?? '';
  return useMemo(
    () =>
      new LatchhookClient({
        baseUrl: SERVER_URL,
        token,
        fetch: async (input, init) => {
          const response = await watchedFetch(input, init);
          if (!response.ok) return response;
          return new Response(objectsAsText(await response.text(), name), response);
        },
      }),
    [token, name],
  );
}

export function exact<T>(answer: T): Exact<T> {
  return answer as Exact<T>;
}
