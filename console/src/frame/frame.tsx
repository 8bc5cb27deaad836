import { AppShell, Burger, Group, NavLink, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect, useRef } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { PAGES } from '../pages.js';
import { Loading } from '../state/loading.js';
import { PageGuard } from '../state/page-guard.js';
import { useTexts } from '../texts/use-texts.js';
import { AccountMenu } from './account-menu.js';
import { ConnectionBanner } from './connection-banner.js';
import icon from './icon.svg';
import { LanguageMenu } from './language-menu.js';
import { NotFound } from './not-found.js';
import { SchemeToggle } from './scheme-toggle.js';

export function Frame() {
  const { t } = useTexts('frame');
  const [open, { toggle, close }] = useDisclosure(false);
  const [location] = useLocation();
  const main = useFocusOnMove(location);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding={{ base: 'sm', sm: 'lg' }}
      transitionDuration={0}
    >
      <a className="skip-link" href="#main">
        {t.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={open}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t.menu}
              aria-expanded={open}
            />
            <Link href="/" className="brand">
              <img src={icon} alt="" width={28} height={28} />
              Latchhook
            </Link>
          </Group>
          <Group gap={4} wrap="nowrap">
            <LanguageMenu />
            <SchemeToggle />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label={t.pages}>
        <AppShell.Section grow component={ScrollArea} p="xs">
          {PAGES.map(({ path, link, icon: Icon }) => {
            if (link === null) return null;
            const here =
              path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);
            return (
              <NavLink
                key={path}
                component={Link}
                href={path}
                active={here}
                {...(here ? { 'aria-current': 'page' as const } : {})}
                label={t.navigation[link]}
                leftSection={Icon && <Icon size={18} stroke={1.7} aria-hidden />}
                onClick={close}
              />
            );
          })}
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} ref={main} className="page-main canvas">
        <ConnectionBanner />
        <PageGuard key={location}>
          <Suspense fallback={<Loading />}>
            <Switch>
              {PAGES.map(({ path, component: Component }) => (
                <Route key={path} path={path} component={Component} />
              ))}
              <Route component={NotFound} />
            </Switch>
          </Suspense>
        </PageGuard>
      </AppShell.Main>
    </AppShell>
  );
}

/** After a move to another page the keyboard and the screen reader go on at its begin. */
function useFocusOnMove(location: string) {
  const main = useRef<HTMLElement>(null);
  const last = useRef(location);
  useEffect(() => {
    if (last.current === location) return;
    last.current = location;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [location]);
  return main;
}
