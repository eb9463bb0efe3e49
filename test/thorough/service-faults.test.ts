import { SERVICE_FAULTS } from '../verify/wire-faults';
import { testWireFaults } from './wire-faults';

testWireFaults(SERVICE_FAULTS);
