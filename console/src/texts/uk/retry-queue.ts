import type en from '../en/retry-queue.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Черга повторів',
  text: 'Доставки, остання спроба яких не вдалася і які буде повторено; найближча — перша.',
  none: 'Повтору ніщо не чекає: усе, що не вдалося доставити одразу, вже доставлено або завершено.',
  left: 'вийшла з черги',
  held: 'Показати утримувані',
};

export default texts;
