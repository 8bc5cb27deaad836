import type en from '../en/retry-queue.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Очередь повторов',
  text: 'Доставки, последняя попытка которых не удалась и которые будут повторены; ближайшая — первой.',
  none: 'Повторов никто не ждёт: всё, что не удалось доставить сразу, уже доставлено или завершено.',
  left: 'вышла из очереди',
  held: 'Показать удержанные',
};

export default texts;
