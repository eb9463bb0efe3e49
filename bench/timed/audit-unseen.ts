import { prepareAudit } from './audit-work';
import { timeOnDemand } from './time-on-demand';

/** A Sid that no policy has had makes the environment one of its own, with which nothing is shared. */
void timeOnDemand(async (load) => {
  const { text, auditText } = await prepareAudit(load);
  let number = 0;
  return () => {
    number += 1;
    return auditText(text.replaceAll('RemoveProbes', `RemoveProbes${number}`));
  };
});
