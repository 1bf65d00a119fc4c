import { createStore } from 'zustand/vanilla';

/** Whether the question before signing out is asked. */
export const leaveStore = createStore<{ readonly asked: boolean }>()(() => ({ asked: false }));

/** Opens the question before signing out. */
export const askToLeave = (): void => leaveStore.setState({ asked: true });
