export default {
  request: 'Request',
  answer: 'Answer',
  headers: 'Headers',
  body: 'Body',
  empty: 'empty',
  noAnswer: 'No answer came.',
  masked: 'Values of your own headers are hidden.',
  unrecorded: 'The headers were not recorded when this was sent.',
  resent:
    'Sent twice: the receiver closed the kept connection without an answer, so the request went out again at once on a new one. The receiver may have seen it twice.',
  note: 'Delivered all the same, since its status is a success. What was wrong with the rest of the answer:',
  showAll: 'Show all {n} characters',
  copyCurl: 'Copy as curl',
  copied: 'Copied',
};
