import { Alert, Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight, IconInfoCircle } from '@tabler/icons-react';
import { CopyButton } from '../state/copy-button.js';
import { useTexts } from '../texts/use-texts.js';
import '../made-key/made-key.css';

/** Takes what comes on port 9000, and prints it. */
const RECEIVER = `node -e 'require("http").createServer((q, s) => {
  q.on("data", (d) => console.log(String(d))).on("end", () => s.end("ok"))
}).listen(9000)'`;

const ALLOW_LOOPBACK = 'LATCHHOOK_EGRESS_ALLOW=127.0.0.0/8,::1/128 npm start';

/** For those who have nothing yet that could take an event. */
export function NoReceiver({ loopback }: { loopback: boolean }) {
  const { t } = useTexts('first-run');
  const [asked, { toggle }] = useDisclosure(false);
  const open = asked || loopback;
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div>
      {loopback && (
        <Alert variant="light" color="orange" icon={<IconInfoCircle aria-hidden />} mb="sm" role="status">
          <Text size="sm" mb={6}>
            {t.loopbackText}
          </Text>
          <Line text={ALLOW_LOOPBACK} name={t.allowLine} />
        </Alert>
      )}
      {!loopback && (
        <UnstyledButton
          onClick={toggle}
          aria-expanded={open}
          fz="sm"
          fw={500}
          c="var(--mantine-color-anchor)"
        >
          <Group gap={4} wrap="nowrap">
            <Chevron size={16} aria-hidden />
            {t.noReceiver}
          </Group>
        </UnstyledButton>
      )}
      <Collapse expanded={asked && !loopback}>
        <Stack gap="xs" pt="xs" pl={20}>
          <Text size="sm">{t.receiverText}</Text>
          <Line text={RECEIVER} name={t.receiverLine} />
          <Text size="sm">{t.loopbackText}</Text>
          <Line text={ALLOW_LOOPBACK} name={t.allowLine} />
          <Text size="sm">{t.demoText}</Text>
          <Line text="npm run demo" name={t.demoLine} />
        </Stack>
      </Collapse>
    </div>
  );
}

function Line({ text, name }: { text: string; name: string }) {
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <pre className="shown-once" dir="ltr">
        {text}
      </pre>
      <CopyButton text={text} what={name} />
    </Group>
  );
}
