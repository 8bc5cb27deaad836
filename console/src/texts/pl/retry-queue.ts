import type en from '../en/retry-queue.js';
import type { Translated } from '../pages.js';

const texts: Translated<typeof en> = {
  title: 'Kolejka ponowień',
  text: 'Dostawy, których ostatnia próba się nie udała i które będą ponowione, najbliższa jako pierwsza.',
  none: 'Nic nie czeka na ponowienie: co nie dotarło od razu, zostało już dostarczone albo zakończone.',
  noneButHeld: {
    one: 'Nic nie jest teraz ponawiane, ale {n} dostawa jest wstrzymana: jej webhook zawodzi albo jest wyłączony.',
    few: 'Nic nie jest teraz ponawiane, ale {n} dostawy są wstrzymane: ich webhooki zawodzą albo są wyłączone.',
    many: 'Nic nie jest teraz ponawiane, ale {n} dostaw jest wstrzymanych: ich webhooki zawodzą albo są wyłączone.',
    other:
      'Nic nie jest teraz ponawiane, ale {n} dostawy jest wstrzymanej: ich webhooki zawodzą albo są wyłączone.',
  },
  left: 'opuściła kolejkę',
  held: 'Pokaż wstrzymane',
};

export default texts;
