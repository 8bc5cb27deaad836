import type { IdOrigin } from '../domain/message-id.js';
import { formText, type RequestForm, requestForm } from '../domain/request-form.js';
import type { Store } from '../store/store.js';

/** What is the same in all requests of a server, and by which receivers know it. */
export interface SendingAs {
  form: RequestForm;
  /** Its number in the store. */
  formId: number;
  idOrigin: IdOrigin;
}

/** This release, with these settings, on this store. @throws StoreUnavailable */
export async function sendingAs(options: { store: Store; userAgent: string }): Promise<SendingAs> {
  const { store, userAgent } = options;
  const form = requestForm(userAgent);
  const formId = await store.deliveries.requestForm(formText(form));
  return { form, formId, idOrigin: store.idOrigin };
}
