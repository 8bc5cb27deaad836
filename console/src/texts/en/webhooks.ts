export default {
  title: 'Webhooks',
  none: 'There are no webhooks yet.',
  statuses: { active: 'active', disabled: 'disabled' },
};
