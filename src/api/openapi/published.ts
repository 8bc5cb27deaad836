import { latchhookVersion } from '../../version.js';
import { OPERATIONS } from '../operations.js';
import { type OpenApiDocument, openApiDocument } from './document.js';

/** The document of everything that this release answers. */
export function publishedDocument(): OpenApiDocument {
  return openApiDocument(OPERATIONS, latchhookVersion());
}
