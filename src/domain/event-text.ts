/** The English name of an event type, from how the panels spell it: `log.door_was_opened` → `Door was opened`. */
export function eventText(eventType: string): string {
  const words = eventType.replace(/^log\./, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
