export default {
  title: 'Log',
  text: 'What happened at the doors, by when it happened, as a panel lists it.',
  columns: { category: 'Category', text: 'What happened', who: 'Person or number', time: 'Time' },
  entries: { one: '{n} entry', other: '{n} entries' },
  none: 'The log is empty. A client that clears the log of this account clears it here too; Events has everything.',
  toEvents: 'Go to events',
  nothingMatches: 'No entry matches these filters.',
};
