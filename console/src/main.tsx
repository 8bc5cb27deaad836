import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './frame/frame.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { adoptNonce } from './nonce.js';
import { session } from './session/session.js';
import { initialLanguage } from './texts/language.js';
import { loadTexts } from './texts/loading.js';

adoptNonce();
const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

// Before anything is painted, so that neither a log-in nor another language flashes up.
const language = initialLanguage();
await Promise.all([session.restore(), loadTexts(language, 'frame')]);
createRoot(root).render(<App language={language} />);
