import { prepareAudit } from './audit-work';
import { timeOnDemand } from './time-on-demand';

void timeOnDemand(async (load) => {
  const { text, auditText } = await prepareAudit(load);
  return () => auditText(text);
});
