import { PageHead } from '../frame/page-head.js';
import { useTexts } from '../texts/use-texts.js';
import { PanelFigures } from './panel-figures.js';

export default function OverviewPage() {
  const { t } = useTexts('overview');
  return (
    <>
      <PageHead title={t.title} />
      <PanelFigures />
    </>
  );
}
