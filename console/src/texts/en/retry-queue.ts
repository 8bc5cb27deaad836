export default {
  title: 'Retry queue',
  text: 'Deliveries whose last attempt failed and that are tried again, the next one first.',
  none: 'Nothing waits for a retry: what could not be delivered at once has been delivered since, or has ended.',
  left: 'left the queue',
  held: 'Show what is held',
};
