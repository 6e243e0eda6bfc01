import { discardSharedStack } from '../shared-stack.ts';

export default discardSharedStack;
