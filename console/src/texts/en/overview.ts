export default {
  title: 'Overview',
  successRate: 'Success rate',
  delivered: 'Delivered',
  failed: 'Failed',
  retrying: 'Retrying',
};
