const NO_TLS = 'no TLS is spoken on that port';
const TOO_OLD = "the receiver's TLS is older than 1.2";
const HTTP2_ONLY = 'the receiver refuses HTTP/1.1: it may speak HTTP/2 alone';
const CLIENT_CERTIFICATE = 'the receiver wants a client certificate';
const WEAK_KEY = 'a key of the receiver is too short';

/** By OpenSSL's reason, as it stands in Node's codes behind `ERR_SSL_`. */
const WORDS: Readonly<Record<string, string>> = {
  WRONG_VERSION_NUMBER: NO_TLS,
  UNKNOWN_PROTOCOL: NO_TLS,
  PACKET_LENGTH_TOO_LONG: NO_TLS,
  BAD_RECORD_TYPE: NO_TLS,
  INVALID_RECORD_TYPE: NO_TLS,
  RECORD_LAYER_FAILURE: NO_TLS,
  TLSV1_ALERT_PROTOCOL_VERSION: TOO_OLD,
  UNSUPPORTED_PROTOCOL: TOO_OLD,
  VERSION_TOO_LOW: TOO_OLD,
  UNSAFE_LEGACY_RENEGOTIATION_DISABLED: "the receiver's TLS is too old: it cannot renegotiate safely",
  TLSV1_ALERT_NO_APPLICATION_PROTOCOL: HTTP2_ONLY,
  NO_APPLICATION_PROTOCOL: HTTP2_ONLY,
  TLSV13_ALERT_CERTIFICATE_REQUIRED: CLIENT_CERTIFICATE,
  SSLV3_ALERT_NO_CERTIFICATE: CLIENT_CERTIFICATE,
  SSLV3_ALERT_BAD_CERTIFICATE: CLIENT_CERTIFICATE,
  // OpenSSL up to TLS 1.2 has one alert for both.
  SSLV3_ALERT_HANDSHAKE_FAILURE:
    'the receiver refused the handshake: no cipher in common, or it wants a client certificate',
  TLSV1_ALERT_INSUFFICIENT_SECURITY: 'the receiver wants other ciphers',
  TLSV1_UNRECOGNIZED_NAME: 'the receiver has no site of that name',
  TLSV1_ALERT_UNRECOGNIZED_NAME: 'the receiver has no site of that name',
  TLSV1_ALERT_ACCESS_DENIED: 'the receiver denies access',
  TLSV1_ALERT_INTERNAL_ERROR: 'the receiver says that its TLS failed within',
  DH_KEY_TOO_SMALL: WEAK_KEY,
  EE_KEY_TOO_SMALL: WEAK_KEY,
  CA_KEY_TOO_SMALL: WEAK_KEY,
};

/**
 * What OpenSSL refused, in words; null where it is no error of OpenSSL's. Some come with a code of their own, others
 * as `EPROTO` with a line of OpenSSL's in the text: `…:error:0A00042E:SSL routines:<function>:<reason>:<file>:<line>`.
 */
export function tlsWords(code: string, text: string): string | null {
  const inText = /:error:[0-9A-F]+:[^:]*:[^:]*:([^:]*)/i.exec(text)?.[1];
  const named = /^ERR_SSL_(.+)$/.exec(code)?.[1];
  if (inText === undefined && named === undefined) return null;
  const reason = named ?? (inText ?? '').toUpperCase().replaceAll(' ', '_');
  const words = WORDS[reason] ?? `TLS failed: ${(inText ?? reason.replaceAll('_', ' ')).toLowerCase()}`;
  return `${words} (${code.startsWith('ERR_SSL_') ? code : `ERR_SSL_${reason}`})`;
}
