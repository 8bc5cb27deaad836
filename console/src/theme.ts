import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  Notification,
} from '@mantine/core';

/** Petrol: calm beside the green, amber and red that say how deliveries are. */
const latch: MantineColorsTuple = [
  '#e9f7f7',
  '#d3ecec',
  '#a5d9d9',
  '#73c4c5',
  '#4cb1b3',
  '#2f9a9e',
  '#1b858a',
  '#0b6e75',
  '#085b61',
  '#05474d',
];

export const theme = createTheme({
  primaryColor: 'latch',
  primaryShade: { light: 7, dark: 7 },
  colors: { latch },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.3' }, h2: { fontSize: '1.05rem', lineHeight: '1.4' } },
  },
  respectReducedMotion: true,
  components: {
    // They go by themselves.
    Notification: Notification.extend({ defaultProps: { withCloseButton: false } }),
    Modal: Modal.extend({
      defaultProps: {
        // It would be a second banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
      styles: { title: { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)' } },
    }),
  },
});

/** Mantine's own shades of these are below the contrast of 4.5 to 1 that WCAG AA asks for. */
export const readable: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1d262d',
    '--mantine-color-dimmed': '#56616b',
    '--mantine-color-placeholder': '#66717b',
    '--mantine-color-error': '#c01f2e',
    '--latch-canvas': '#f4f6f8',
    '--latch-line': '#dde3e8',
    '--latch-good': '#1f8a4c',
    '--latch-bad': '#c8323f',
    '--latch-wait': '#b26a00',
    '--latch-held': '#5f6dc4',
    '--latch-accent': '#0b6e75',
  },
  dark: {
    '--mantine-color-body': '#182026',
    '--mantine-color-text': '#dfe6ea',
    '--mantine-color-dimmed': '#a3b0b9',
    '--mantine-color-placeholder': '#93a0aa',
    '--mantine-color-error': '#ff8f8f',
    '--latch-canvas': '#11171b',
    '--latch-line': '#2c363e',
    '--latch-good': '#4cc281',
    '--latch-bad': '#ff7b7b',
    '--latch-wait': '#f0b04e',
    '--latch-held': '#98a4f2',
    '--latch-accent': '#5cc4c4',
  },
});
