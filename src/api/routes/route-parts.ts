import type { BasePath } from '../base-path.js';
import type { Credentials } from '../credentials.js';
import type { AppParts } from '../parts.js';
import type { Passwords } from '../passwords.js';
import type { Tokens } from '../tokens.js';

/** What routes work with. */
export interface RouteParts extends AppParts {
  basePath: BasePath;
  credentials: Credentials;
  passwords: Passwords;
  tokens: Tokens;
}
