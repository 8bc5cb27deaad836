export default {
  request: 'Request',
  answer: 'Answer',
  headers: 'Headers',
  body: 'Body',
  empty: 'empty',
  noAnswer: 'No answer came.',
  masked: 'Values of your own headers are hidden.',
  showAll: 'Show all {n} characters',
  copyCurl: 'Copy as curl',
  copied: 'Copied',
};
