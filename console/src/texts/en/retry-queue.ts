export default {
  title: 'Retry queue',
  text: 'Deliveries whose last attempt failed and that are tried again, the next one first.',
  none: 'Nothing waits for a retry: what could not be delivered at once has been delivered since, or has ended.',
  noneButHeld: {
    one: 'Nothing is tried again just now, but {n} delivery is held: its webhook fails or is disabled.',
    other:
      'Nothing is tried again just now, but {n} deliveries are held: their webhooks fail or are disabled.',
  },
  left: 'left the queue',
  held: 'Show what is held',
};
