import { describeAccessibleRoom } from './support/accessible-room.ts';
import { useRoom } from './support/room.ts';

describeAccessibleRoom(useRoom({ opensDetails: true }), 'dark');
