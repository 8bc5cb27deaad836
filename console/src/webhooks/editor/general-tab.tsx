import {
  Button,
  Collapse,
  Group,
  NumberInput,
  PasswordInput,
  Radio,
  SimpleGrid,
  Stack,
  Switch,
  Textarea,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight, IconKey } from '@tabler/icons-react';
import { CopyButton } from '../../state/copy-button.js';
import { useTexts } from '../../texts/use-texts.js';
import { LIMITS } from './faults.js';
import type { Fields } from './fields.js';
import { newSecret } from './new-secret.js';

export function GeneralTab({ draft, change, errorAt, readOnly, isNew }: Fields & { isNew: boolean }) {
  const { t, fill } = useTexts('webhooks');
  const { t: words } = useTexts('frame');
  const special = draft.ordered || draft.rate_limit !== '' || draft.max_age !== '';
  const [more, { toggle }] = useDisclosure(special);
  const number = (value: number | string) => (typeof value === 'number' ? value : ('' as const));
  const range = ({ minimum, maximum }: { minimum: number; maximum: number }) =>
    fill(t.fromTo, { min: minimum, max: maximum });

  return (
    <Stack gap="md">
      <TextInput
        name="url"
        label={t.fields.url}
        description={t.hints.url}
        placeholder="https://"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        required
        readOnly={readOnly}
        value={draft.url}
        error={errorAt('url')}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      <Textarea
        name="description"
        label={t.fields.description}
        autosize
        minRows={1}
        maxRows={5}
        readOnly={readOnly}
        value={draft.description}
        error={errorAt('description')}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      {isNew && (
        <Radio.Group
          label={t.fields.status}
          value={draft.status}
          onChange={(status) => change({ status: status as 'active' | 'disabled' })}
        >
          <Group mt={6}>
            <Radio value="active" label={t.statuses.active} />
            <Radio value="disabled" label={t.statuses.disabled} />
          </Group>
        </Radio.Group>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput
          name="max_retries"
          label={t.fields.max_retries}
          description={range(LIMITS.max_retries)}
          required
          readOnly={readOnly}
          clampBehavior="none"
          allowDecimal={false}
          value={draft.max_retries}
          error={errorAt('max_retries')}
          onChange={(value) => change({ max_retries: number(value) })}
        />
        <NumberInput
          name="timeout"
          label={t.fields.timeout}
          description={range(LIMITS.timeout)}
          step={1000}
          readOnly={readOnly}
          clampBehavior="none"
          allowDecimal={false}
          value={draft.timeout}
          error={errorAt('timeout')}
          onChange={(value) => change({ timeout: number(value) })}
        />
      </SimpleGrid>
      <Group align="flex-start" gap="xs">
        <PasswordInput
          name="secret"
          flex="1 1 18rem"
          label={t.fields.secret}
          description={t.hints.secret}
          autoComplete="new-password"
          spellCheck={false}
          readOnly={readOnly}
          value={draft.secret}
          error={errorAt('secret')}
          aria-invalid={errorAt('secret') !== null}
          visibilityToggleButtonProps={{ 'aria-label': t.showSecret, 'aria-hidden': false, tabIndex: 0 }}
          onChange={(event) => change({ secret: event.currentTarget.value })}
        />
        {!readOnly && (
          <Group gap={4} wrap="nowrap" mt={{ base: 0, sm: 44 }}>
            <Button
              variant="default"
              leftSection={<IconKey size={16} aria-hidden />}
              onClick={() => change({ secret: newSecret() })}
            >
              {t.generate}
            </Button>
            {draft.secret !== '' && <CopyButton text={draft.secret} what={t.fields.secret} />}
          </Group>
        )}
      </Group>
      <div>
        <UnstyledButton
          onClick={toggle}
          aria-expanded={more}
          fz="sm"
          fw={500}
          c="var(--mantine-color-anchor)"
        >
          <Group gap={4}>
            {more ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
            {t.more}
          </Group>
        </UnstyledButton>
        <Collapse expanded={more}>
          <Stack gap="md" pt="sm">
            <Switch
              label={t.fields.ordered}
              description={t.hints.ordered}
              checked={draft.ordered}
              disabled={readOnly}
              onChange={(event) => change({ ordered: event.currentTarget.checked })}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <NumberInput
                name="rate_limit"
                label={t.fields.rate_limit}
                description={t.hints.rate_limit}
                placeholder={words.none}
                readOnly={readOnly}
                clampBehavior="none"
                allowDecimal={false}
                value={draft.rate_limit}
                error={errorAt('rate_limit')}
                onChange={(value) => change({ rate_limit: number(value) })}
              />
              <NumberInput
                name="max_age"
                label={t.fields.max_age}
                description={t.hints.max_age}
                placeholder={words.none}
                readOnly={readOnly}
                clampBehavior="none"
                allowDecimal={false}
                value={draft.max_age}
                error={errorAt('max_age')}
                onChange={(value) => change({ max_age: number(value) })}
              />
            </SimpleGrid>
          </Stack>
        </Collapse>
      </div>
    </Stack>
  );
}
