import type en from '../en/retry-queue.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Kolejka ponowień',
  text: 'Dostawy, których ostatnia próba się nie udała i które będą ponowione, najbliższa jako pierwsza.',
  none: 'Nic nie czeka na ponowienie: co nie dotarło od razu, zostało już dostarczone albo zakończone.',
  left: 'opuściła kolejkę',
  held: 'Pokaż wstrzymane',
};

export default texts;
