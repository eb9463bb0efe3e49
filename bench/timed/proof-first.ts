import { prepareProof } from './proof-work';
import { timeOnDemand } from './time-on-demand';

void timeOnDemand(prepareProof, 0);
