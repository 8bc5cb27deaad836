/** The HMAC keys that one secret stands for. */
export interface Keys {
  readonly panel: CryptoKey;
  readonly standard: CryptoKey;
}

const PREFIX = 'whsec_';

/** @throws TypeError for no secret, an empty one (an environment variable that is not set), or no string */
export function checkedSecrets(secret: string | readonly string[]): readonly string[] {
  const secrets: readonly string[] = Array.isArray(secret) ? [...secret] : [secret];
  if (secrets.length === 0) throw new TypeError('at least one secret is needed');
  for (const each of secrets) {
    if (typeof each !== 'string' || each === '')
      throw new TypeError('a secret must be a string, and not empty');
  }
  return secrets;
}

export async function importKeys(secret: string): Promise<Keys> {
  const spelled = new TextEncoder().encode(secret);
  const decoded = decodedSecret(secret);
  const panel = await importHmacKey(spelled);
  return { panel, standard: decoded ? await importHmacKey(decoded) : panel };
}

function importHmacKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

/** The bytes that a `whsec_` secret spells in canonical base64, 16 to 96 of them; null for any other secret. */
function decodedSecret(secret: string): Uint8Array<ArrayBuffer> | null {
  if (!secret.startsWith(PREFIX)) return null;
  const spelled = secret.slice(PREFIX.length);
  const binary = binaryOf(spelled);
  // `atob` is lenient; only what it would be spelled as again is canonical.
  if (binary === null || btoa(binary) !== spelled) return null;
  return binary.length >= 16 && binary.length <= 96 ? bytesOf(binary) : null;
}

function binaryOf(base64: string): string | null {
  try {
    return atob(base64);
  } catch {
    return null;
  }
}

/** @param binary one byte a character, as `atob` gives it */
export function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
