import type { Credentials } from '../credentials.js';
import type { AppParts } from '../parts.js';
import type { Passwords } from '../passwords.js';
import type { Tokens } from '../tokens.js';

/** What routes work with. */
export interface RouteParts extends AppParts {
  credentials: Credentials;
  passwords: Passwords;
  tokens: Tokens;
}
