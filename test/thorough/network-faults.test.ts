import { NETWORK_FAULTS } from '../verify/wire-faults';
import { testWireFaults } from './wire-faults';

testWireFaults(NETWORK_FAULTS);
