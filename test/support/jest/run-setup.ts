import { prepareSharedStack } from '../shared-stack.ts';

export default prepareSharedStack;
