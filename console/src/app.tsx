import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Router } from 'wouter';
import { BASE_PATH } from './base.js';
import { Connection } from './client/connection-watch.js';
import { queries } from './client/queries.js';
import { Frame } from './frame/frame.js';
import { Live } from './live/live.js';
import { styleNonce } from './nonce.js';
import { LoginPage } from './session/login-page.js';
import { useSession } from './session/session.js';
import type { Language } from './texts/language.js';
import { LanguageProvider } from './texts/language-provider.js';
import { readable, theme } from './theme.js';

export function App({ language }: { language: Language }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={readable}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <LanguageProvider initial={language}>
        <QueryClientProvider client={queries}>
          <Notifications position="bottom-right" />
          <Suspense>
            <Router base={BASE_PATH}>
              <Entrance />
            </Router>
          </Suspense>
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}

/** Without a session the log-in stands at whatever address was asked for, and that page follows it. */
function Entrance() {
  const current = useSession();
  return (
    <>
      <Connection />
      {current === null ? (
        <LoginPage />
      ) : (
        <Live key={current.token}>
          <Frame />
        </Live>
      )}
    </>
  );
}
